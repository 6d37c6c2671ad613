using System.CommandLine;

namespace Jina.Embeddings.Tool.Input;

/// <summary>The texts to work on, in windows: what has arrived is handed over before more is waited for.</summary>
internal sealed class TextInput : IDisposable
{
    /// <summary>The most texts of a window; a buffer's worth of short lines would make many more vectors than that.</summary>
    private const int WindowSize = 512;

    private readonly LineReader _lines;
    private readonly string _name;
    private readonly bool _json;
    private CommandException? _badLine;

    public TextInput(Stream stream, string name, bool json)
    {
        _lines = new LineReader(stream);
        _name = name;
        _json = json;
    }

    /// <summary>Opens a file, or stdin for <c>-</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="json">Whether its lines are JSON.</param>
    /// <param name="option">The option that named it.</param>
    public static TextInput Open(string path, bool json, string option)
    {
        if (path == "-")
        {
            if (!Console.IsInputRedirected)
            {
                Console.Error.WriteLine("Reading texts from the terminal, one per line; Ctrl+D (Windows: Ctrl+Z, Enter) ends them.");
            }

            return new TextInput(Console.OpenStandardInput(), "stdin", json);
        }

        return Directory.Exists(path) ? throw new CommandException($"{path}: This is a folder; expected a file of texts. Give {option} a file, or - for stdin.")
            : !File.Exists(path) ? throw new CommandException($"{path}: There is no such file; expected a file of texts. Give {option} an existing file, or - for stdin.")
            : new TextInput(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0), path, json);
    }

    /// <summary>Returns the next texts, in order; none at the end.</summary>
    /// <exception cref="CommandException">A line is not what it should be; the texts before it were returned by earlier calls.</exception>
    public async ValueTask<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken)
    {
        var window = new List<string>();
        do
        {
            while (_badLine is null && window.Count < WindowSize && _lines.TryRead(out var line))
            {
                if (TryText(line) is { } text)
                {
                    window.Add(text);
                }
            }
        }
        while (window.Count == 0 && _badLine is null && await _lines.FillAsync(cancellationToken));

        return window.Count == 0 && _badLine is not null ? throw _badLine : window;
    }

    public void Dispose() => _lines.Dispose();

    private string? TryText(string line)
    {
        try
        {
            return _json ? JsonLine.Text(line) : line;
        }
        catch (FormatException e)
        {
            _badLine = new CommandException($"{_name}, line {_lines.Count}: {e.Message}");
            return null;
        }
    }
}
