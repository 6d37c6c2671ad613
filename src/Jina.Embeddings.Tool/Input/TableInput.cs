using System.Text;
using nietras.SeparatedValues;

namespace Jina.Embeddings.Tool.Input;

/// <summary>Reads records from rows of text with a header, quoted as in RFC 4180.</summary>
internal sealed class TableInput : IRecordInput
{
    private readonly string _name;
    private readonly FileStream? _file;
    private readonly SepReader _rows;
    private readonly RecordFilter _filter;
    private readonly int _text;
    private readonly int? _id;
    private readonly char _separator;
    private long _index;
    private CommandException? _badRow;

    /// <param name="stream">The bytes of the table.</param>
    /// <param name="name">The name of the input for messages.</param>
    /// <param name="separator">The character between columns.</param>
    /// <param name="fields">The names of the columns.</param>
    /// <param name="filter">The records to return.</param>
    /// <param name="file">The file that contains the stream, or <see langword="null"/> for stdin.</param>
    /// <exception cref="CommandException">The header does not name the columns.</exception>
    public TableInput(Stream stream, string name, char separator, RecordFields fields, RecordFilter filter, FileStream? file)
    {
        (_name, _filter, _file, _separator) = (name, filter, file, separator);
        Length = file is { CanSeek: true } ? file.Length : null;
        try
        {
            _rows = Sep.New(separator)
                .Reader(options => options with { Unescape = true, DisableColCountCheck = true })
                .From(new StreamReader(stream, Encoding.UTF8));
        }
        catch (ArgumentException e)
        {
            throw new CommandException($"{name}: The header cannot be read ({e.Message}). Give each column another name.");
        }

        _text = FindColumn(fields.Text, "--text-field");
        _id = fields.Id is null ? null : FindColumn(fields.Id, "--id-field");
    }

    /// <inheritdoc/>
    public long? Length { get; }

    /// <inheritdoc/>
    public long Position => _file is { CanSeek: true } ? _file.Position : 0;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<InputRecord>> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var window = new List<InputRecord>();
        while (_badRow is null && window.Count < IRecordInput.WindowSize && TryMoveNext())
        {
            Add(_rows.Current, window);
        }

        return window.Count == 0 && _badRow is not null ? throw _badRow : ValueTask.FromResult<IReadOnlyList<InputRecord>>(window);
    }

    public void Dispose() => _rows.Dispose();

    /// <summary>Moves to the next row. Damaged bytes are reported after the records before them.</summary>
    private bool TryMoveNext()
    {
        try
        {
            return _rows.MoveNext();
        }
        catch (CommandException e)
        {
            _badRow = e;
            return false;
        }
        catch (InvalidDataException e)
        {
            _badRow = new CommandException($"{_name}: The table cannot be read behind row {_index + 1} ({e.Message}). Check its quotes.");
            return false;
        }
    }

    private void Add(SepReader.Row row, List<InputRecord> window)
    {
        var index = _index++;
        if (!HasWholeQuotes(row.Span, _separator))
        {
            // A quote that is not closed would make the following rows a part of this one.
            _badRow = new CommandException(
                $"{_name}, line {row.LineNumberFrom}: found a quote that does not enclose a whole value. "
                + "Enclose the value in quotes, and double the quotes in it.");
            return;
        }

        if (!_filter.IsInShard(index))
        {
            return;
        }

        try
        {
            _filter.Add(new InputRecord(index, ReadId(row), ReadText(row)), window);
        }
        catch (FormatException e)
        {
            _badRow = new CommandException($"{_name}, line {row.LineNumberFrom}: {e.Message}");
        }
    }

    /// <summary>Determines whether each value of a row is without quotes or quoted as in RFC 4180.</summary>
    private static bool HasWholeQuotes(ReadOnlySpan<char> row, char separator)
    {
        while (row.Contains('"'))
        {
            if (row[0] != '"')
            {
                var end = row.IndexOf(separator);
                if (row.IndexOf('"') < end || end < 0)
                {
                    return false;
                }

                row = row[(end + 1)..];
                continue;
            }

            // A doubled quote looks like two values without a separator between them.
            while (row is ['"', ..])
            {
                var length = row[1..].IndexOf('"');
                if (length < 0)
                {
                    return false;
                }

                row = row[(length + 2)..];
            }

            if (row is [var next, ..] && next != separator)
            {
                return false;
            }

            row = row.IsEmpty ? row : row[1..];
        }

        return true;
    }

    private string ReadText(SepReader.Row row) => row.ColCount == _rows.Header.ColNames.Count
        ? row[_text].ToString()
        : throw new FormatException(
            $"found {row.ColCount} columns, expected {_rows.Header.ColNames.Count} as in the header. "
            + "Quote values that contain separators.");

    private string? ReadId(SepReader.Row row)
    {
        if (_id is not { } column)
        {
            return null;
        }

        return column < row.ColCount && row[column].ToString() is { Length: > 0 } id
            ? id
            : throw new FormatException("found an empty ID, expected a value. Correct the row, or leave --id-field out.");
    }

    private int FindColumn(string column, string option) => _rows.Header.TryIndexOf(column, out var index)
        ? index
        : throw new CommandException(
            $"{_name}: The header has no column '{column}'; found {ColumnNames.List(_rows.Header.ColNames)}. Name a column with {option}.");
}
