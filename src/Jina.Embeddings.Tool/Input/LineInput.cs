namespace Jina.Embeddings.Tool.Input;

/// <summary>Reads records from lines: plain texts, or JSON.</summary>
internal sealed class LineInput : IRecordInput
{
    private readonly LineReader _lines;
    private readonly FileStream? _compressed;
    private readonly string _name;
    private readonly RecordFields? _fields;
    private readonly RecordFilter _filter;
    private CommandException? _badLine;

    /// <param name="stream">The bytes of the lines.</param>
    /// <param name="name">The name of the input for messages.</param>
    /// <param name="fields">The fields of JSON lines, or <see langword="null"/> for plain texts.</param>
    /// <param name="filter">The records to return, or <see langword="null"/> for all.</param>
    /// <param name="file">The file that contains the stream, or <see langword="null"/> for stdin.</param>
    public LineInput(Stream stream, string name, RecordFields? fields = null, RecordFilter? filter = null, FileStream? file = null)
    {
        _lines = new LineReader(stream);
        _compressed = stream == file ? null : file;
        _name = name;
        _fields = fields;
        _filter = filter ?? new RecordFilter(new RecordSelection(Shard.Whole));
        Length = file is { CanSeek: true } ? file.Length : null;
    }

    /// <inheritdoc/>
    public long? Length { get; }

    /// <inheritdoc/>
    public long Position => _compressed?.Position ?? _lines.Position;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<InputRecord>> ReadAsync(CancellationToken cancellationToken)
    {
        var window = new List<InputRecord>();
        do
        {
            while (_badLine is null && window.Count < IRecordInput.WindowSize && _lines.TryRead(out var line))
            {
                Add(line, window);
            }
        }
        while (NeedsMore(window.Count) && _badLine is null && await TryFillAsync(cancellationToken));

        if (window.Count == 0 && _badLine is not null)
        {
            throw _badLine;
        }

        return window;
    }

    public void Dispose() => _lines.Dispose();

    /// <summary>Determines whether to wait for more bytes. A program that writes to a pipe may wait for the results of its lines.</summary>
    private bool NeedsMore(int count) => count == 0 || (Length is not null && count < IRecordInput.WindowSize);

    /// <summary>Waits for more bytes. Damaged bytes are reported after the records before them.</summary>
    private async ValueTask<bool> TryFillAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _lines.FillAsync(cancellationToken);
        }
        catch (CommandException e)
        {
            _badLine = e;
            return false;
        }
    }

    private void Add(string line, List<InputRecord> window)
    {
        var index = _lines.Count - 1;
        if (!_filter.IsInShard(index))
        {
            return;
        }

        try
        {
            var (text, id) = _fields is null ? (line, null) : JsonLine.Read(line, _fields);
            _filter.Add(new InputRecord(index, id, text), window);
        }
        catch (FormatException e)
        {
            _badLine = new CommandException($"{_name}, line {_lines.Count}: {e.Message}");
        }
    }
}
