using System.CommandLine;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Represents a command whose help ends with examples.</summary>
internal sealed class ToolCommand(string name, string description) : Command(name, description)
{
    /// <summary>Gets the complete command lines that the help shows.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>Gets how long the command may continue after Ctrl+C or SIGTERM.</summary>
    public Func<ParseResult, TimeSpan> TerminationTimeout { get; init; } = _ => TimeSpan.FromSeconds(2);

    /// <summary>Gets a value indicating whether environment variables can set the options.</summary>
    public bool ReadsEnvironment { get; init; }

    public void AddOptions(params ReadOnlySpan<Option> options)
    {
        foreach (var option in options)
        {
            Options.Add(option);
        }
    }
}

/// <summary>Represents <c>--json</c>.</summary>
internal sealed class JsonOption : Option<bool>
{
    /// <param name="alternative">The output without the option.</param>
    public JsonOption(string alternative = "a table")
        : base("--json")
    {
        Description = $"Print one JSON object instead of {alternative}.";
        Arity = ArgumentArity.Zero;
    }
}
