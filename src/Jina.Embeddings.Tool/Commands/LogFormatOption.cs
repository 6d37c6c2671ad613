using System.CommandLine;
using Jina.Embeddings.Tool.Serving;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Represents <c>--log-format</c>.</summary>
internal sealed class LogFormatOption : Option<string>
{
    private static readonly Dictionary<string, LogFormat> Values =
        new(StringComparer.OrdinalIgnoreCase) { ["text"] = LogFormat.Text, ["json"] = LogFormat.Json };

    public LogFormatOption()
        : base("--log-format")
    {
        Description = "The format of warnings and errors on stderr: lines of text, or one JSON object per line with its time.";
        HelpName = "text|json";
        DefaultValueFactory = _ => "text";
        Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !Values.ContainsKey(token.Value))
            {
                result.AddError($"--log-format is '{token.Value}'; expected {string.Join(" or ", Values.Keys)}.");
            }
        });
    }

    public LogFormat Parse(ParseResult parsed) => Values[parsed.GetRequiredValue(this)];
}
