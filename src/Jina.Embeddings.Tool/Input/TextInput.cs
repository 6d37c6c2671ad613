namespace Jina.Embeddings.Tool.Input;

/// <summary>Reads texts in windows. Texts that have been received are returned before it waits for more.</summary>
internal sealed class TextInput : IDisposable
{
    /// <summary>The maximum number of texts in a window. A buffer of short lines would give many more vectors.</summary>
    private const int WindowSize = 512;

    private readonly LineReader _lines;
    private readonly string _name;
    private readonly bool _json;
    private CommandException? _badLine;

    public TextInput(Stream stream, string name, bool json)
    {
        _lines = new LineReader(stream);
        Length = stream is FileStream { CanSeek: true } file ? file.Length : null;
        _name = name;
        _json = json;
    }

    /// <summary>Gets the size of the file in bytes, or <see langword="null"/> for stdin and pipes.</summary>
    public long? Length { get; }

    /// <summary>Gets the number of bytes up to the last returned text, not exact for UTF-16.</summary>
    public long Position => _lines.Position;

    /// <summary>Opens a file, or stdin if the path is <c>-</c>.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="json">Whether its lines are JSON.</param>
    /// <param name="option">The option that names the file.</param>
    public static TextInput Open(string path, bool json, string option)
    {
        if (path == "-")
        {
            if (!Console.IsInputRedirected)
            {
                Console.Error.WriteLine("Reading texts from the terminal, one per line. Press Ctrl+D (Windows: Ctrl+Z, Enter) to end.");
            }

            return new TextInput(Console.OpenStandardInput(), "stdin", json);
        }

        if (Directory.Exists(path))
        {
            throw new CommandException($"{path}: This is a folder; expected a file of texts. Give {option} a file, or - for stdin.");
        }

        if (!File.Exists(path))
        {
            throw new CommandException(
                $"{path}: The file does not exist; expected a file of texts. Give {option} an existing file, or - for stdin.");
        }

        return new TextInput(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0), path, json);
    }

    /// <summary>Returns the next texts in order, or an empty list at the end.</summary>
    /// <exception cref="CommandException">A line is not valid. The texts before it were returned by earlier calls.</exception>
    public async ValueTask<IReadOnlyList<string>> ReadAsync(CancellationToken cancellationToken)
    {
        var window = new List<string>();
        do
        {
            while (_badLine is null && window.Count < WindowSize && _lines.TryRead(out var line))
            {
                if (ReadText(line) is { } text)
                {
                    window.Add(text);
                }
            }
        }
        while (window.Count == 0 && _badLine is null && await _lines.FillAsync(cancellationToken));

        if (window.Count == 0 && _badLine is not null)
        {
            throw _badLine;
        }

        return window;
    }

    public void Dispose() => _lines.Dispose();

    private string? ReadText(string line)
    {
        try
        {
            return _json ? JsonLine.ReadText(line) : line;
        }
        catch (FormatException e)
        {
            _badLine = new CommandException($"{_name}, line {_lines.Count}: {e.Message}");
            return null;
        }
    }
}
