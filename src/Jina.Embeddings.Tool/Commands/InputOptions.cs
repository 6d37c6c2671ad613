using System.CommandLine;
using Jina.Embeddings.Tool.Input;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Where the texts come from: <c>--input</c>, or another name, and <c>--jsonl</c>.</summary>
/// <param name="name">The option that names the file.</param>
/// <param name="fallback">What is read where it is not given; null where the command has texts of its own.</param>
internal sealed class InputOptions(string name = "--input", string? fallback = "-")
{
    private readonly Option<string?> _input = new(name)
    {
        Description = "A file of texts in UTF-8, one per line, or - for stdin.",
        HelpName = "FILE|-",
        DefaultValueFactory = fallback is null ? null : _ => fallback,
    };

    private readonly Option<bool> _jsonl = new("--jsonl")
    {
        Description = "Each line is a JSON string or an object {\"text\": \"...\"}.",
        Arity = ArgumentArity.Zero,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_input);
        command.Options.Add(_jsonl);
    }

    public TextInput Open(ParseResult parsed) => TextInput.Open(parsed.GetValue(_input)!, parsed.GetValue(_jsonl), name);

    /// <summary>Says whether there is anything to open.</summary>
    public bool AreGiven(ParseResult parsed) => parsed.GetValue(_input) is not null;

    /// <summary>Says whether the texts lie in a file, so that nobody is typing them.</summary>
    public bool IsFile(ParseResult parsed) => parsed.GetValue(_input) != "-";
}
