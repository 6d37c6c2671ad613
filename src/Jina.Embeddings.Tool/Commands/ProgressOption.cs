using System.CommandLine;
using Jina.Embeddings.Tool.Output;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Represents <c>--progress</c>.</summary>
internal sealed class ProgressOption : Option<string>
{
    private const string Auto = "auto";
    private const string Json = "json";
    private const string None = "none";

    public ProgressOption()
        : base("--progress")
    {
        Description = "auto: shown if stderr is a terminal; json: a line on stderr every five seconds and at the end; none.";
        HelpName = $"{Auto}|{Json}|{None}";
        DefaultValueFactory = _ => Auto;
        Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: not (Auto or Json or None) and var value }])
            {
                result.AddError($"--progress is '{value}'; expected {Auto}, {Json} or {None}.");
            }
        });
    }

    /// <summary>Returns the report of the progress.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="isHidden">Whether a terminal must not show the progress.</param>
    public IEmbedProgressReport Create(ParseResult parsed, bool isHidden) => parsed.GetRequiredValue(this) switch
    {
        Json => new JsonProgress(),
        Auto when !isHidden => new ProgressDisplay(),
        _ => new NoProgress(),
    };
}
