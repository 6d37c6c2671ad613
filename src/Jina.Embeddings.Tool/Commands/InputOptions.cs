using System.CommandLine;
using Jina.Embeddings.Tool.Input;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Represents the options that name the texts: <c>--input</c> or another name, and <c>--jsonl</c>.</summary>
/// <param name="name">The option that names the file.</param>
/// <param name="fallback">The default value, or null if the command has texts of its own.</param>
internal sealed class InputOptions(string name = "--input", string? fallback = "-")
{
    private readonly Option<string?> _input = new(name)
    {
        Description = "A file of texts, one per line, or - for stdin: UTF-8, or UTF-16 with a byte order mark.",
        HelpName = "FILE|-",
        DefaultValueFactory = fallback is null ? null : _ => fallback,
    };

    private readonly Option<bool> _jsonl = new("--jsonl")
    {
        Description = "Each line is a JSON string or an object {\"text\": \"...\"}.",
        Arity = ArgumentArity.Zero,
    };

    public void AddTo(ToolCommand command) => command.AddOptions(_input, _jsonl);

    public Task<IRecordInput> OpenAsync(ParseResult parsed, CancellationToken cancellationToken) => RecordFile.OpenAsync(
        parsed.GetValue(_input)!,
        parsed.GetValue(_jsonl) ? RecordFormat.Jsonl : RecordFormat.Lines,
        new RecordFields(),
        new RecordSelection(Shard.Whole),
        name,
        cancellationToken);

    /// <summary>Returns whether there is anything to open.</summary>
    public bool AreGiven(ParseResult parsed) => parsed.GetValue(_input) is not null;
}
