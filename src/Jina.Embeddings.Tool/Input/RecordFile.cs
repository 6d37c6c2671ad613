namespace Jina.Embeddings.Tool.Input;

/// <summary>Opens the input of a command: a file, or stdin.</summary>
internal static class RecordFile
{
    /// <summary>The path that means stdin.</summary>
    public const string Stdin = "-";

    private static readonly string[] Compressions = [".gz", ".zst"];

    /// <summary>Returns the format that the name of a file stands for. Other names are lines of text.</summary>
    public static RecordFormat GuessFormat(string path)
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        return extension switch
        {
            ".csv" => RecordFormat.Csv,
            ".tsv" => RecordFormat.Tsv,
            ".parquet" => RecordFormat.Parquet,
            _ when Compressions.Contains(extension) => GuessFormat(path[..^extension.Length]),
            _ => RecordFormat.Lines,
        };
    }

    /// <summary>Opens a file, or stdin if the path is <c>-</c>.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="format">The format of the records.</param>
    /// <param name="fields">The fields of the records.</param>
    /// <param name="selection">The records to return.</param>
    /// <param name="option">The option that names the file.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <exception cref="CommandException">The file cannot be read.</exception>
    public static async Task<IRecordInput> OpenAsync(
        string path,
        RecordFormat format,
        RecordFields fields,
        RecordSelection selection,
        string option,
        CancellationToken cancellationToken)
    {
        var filter = new RecordFilter(selection);
        if (path == Stdin)
        {
            return format == RecordFormat.Parquet
                ? throw new CommandException($"stdin: Parquet cannot be read from a pipe; expected a file. Give {option} a file.")
                : Open(OpenStdin(), "stdin", format, fields, filter, file: null);
        }

        var file = OpenFile(path, option);
        return format == RecordFormat.Parquet
            ? await ParquetInput.OpenAsync(file, path, fields, filter, cancellationToken)
            : Open(CompressedFile.Decompress(file, path), path, format, fields, filter, file);
    }

    private static IRecordInput Open(
        Stream stream, string name, RecordFormat format, RecordFields fields, RecordFilter filter, FileStream? file) =>
        format switch
        {
            RecordFormat.Csv => new TableInput(stream, name, ',', fields, filter, file),
            RecordFormat.Tsv => new TableInput(stream, name, '\t', fields, filter, file),
            RecordFormat.Jsonl => new LineInput(stream, name, fields, filter, file),
            _ => new LineInput(stream, name, fields: null, filter, file),
        };

    private static Stream OpenStdin()
    {
        if (!Console.IsInputRedirected)
        {
            Console.Error.WriteLine("Reading texts from the terminal, one per line. Press Ctrl+D (Windows: Ctrl+Z, Enter) to end.");
        }

        return Console.OpenStandardInput();
    }

    private static FileStream OpenFile(string path, string option)
    {
        if (Directory.Exists(path))
        {
            throw new CommandException($"{path}: This is a folder; expected a file of texts. Give {option} a file, or - for stdin.");
        }

        if (!File.Exists(path))
        {
            throw new CommandException(
                $"{path}: The file does not exist; expected a file of texts. Give {option} an existing file, or - for stdin.");
        }

        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
    }
}
