using System.CommandLine;
using Jina.Embeddings.Tool.Input;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>--input</c> and <c>--jsonl</c>: where the texts come from.</summary>
internal sealed class InputOptions
{
    private readonly Option<string> _input = new("--input")
    {
        Description = "A file of texts in UTF-8, one per line, or - for stdin.",
        HelpName = "FILE|-",
        DefaultValueFactory = _ => "-",
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

    public TextInput Open(ParseResult parsed) => TextInput.Open(parsed.GetValue(_input)!, parsed.GetValue(_jsonl));

    /// <summary>Says whether the texts lie in a file, so that nobody is typing them.</summary>
    public bool IsFile(ParseResult parsed) => parsed.GetValue(_input) != "-";
}
