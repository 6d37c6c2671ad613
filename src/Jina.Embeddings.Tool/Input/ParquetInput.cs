using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Jina.Embeddings.Tool.Input;

/// <summary>Reads records from the columns of a Parquet file. The columns of one row group are in memory.</summary>
internal sealed class ParquetInput : IRecordInput
{
    private readonly FileStream _file;
    private readonly string _name;
    private readonly ParquetReader _reader;
    private readonly DataField _text;
    private readonly DataField? _id;
    private readonly RecordFilter _filter;
    private (string?[] Texts, string?[]? Ids) _group = ([], null);
    private int _nextGroup;
    private int _nextRow;
    private long _index;
    private CommandException? _badRow;

    private ParquetInput(FileStream file, string name, ParquetReader reader, RecordFields fields, RecordFilter filter)
    {
        (_file, _name, _reader, _filter) = (file, name, reader, filter);
        _text = FindColumn(fields.Text, "--text-field", "texts", IsText);
        _id = fields.Id is null
            ? null
            : FindColumn(fields.Id, "--id-field", "texts or integers", field => IsText(field) || IsInteger(field));
    }

    /// <inheritdoc/>
    public long? Length => _file.Length;

    /// <inheritdoc/>
    public long Position => _file.Position;

    /// <summary>Opens a file.</summary>
    /// <exception cref="CommandException">The file is not a Parquet file, or does not have the columns.</exception>
    public static async Task<ParquetInput> OpenAsync(
        FileStream file, string name, RecordFields fields, RecordFilter filter, CancellationToken cancellationToken)
    {
        ParquetReader reader;
        try
        {
            reader = await ParquetReader.CreateAsync(file, leaveStreamOpen: true, cancellationToken: cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The library throws exceptions of many types for damaged files.
            await file.DisposeAsync();
            throw new CommandException($"{name}: This is not a whole Parquet file ({e.Message}). Copy the file again.");
        }

        return new ParquetInput(file, name, reader, fields, filter);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<InputRecord>> ReadAsync(CancellationToken cancellationToken)
    {
        var window = new List<InputRecord>();
        while (_badRow is null && window.Count < IRecordInput.WindowSize)
        {
            if (_nextRow < _group.Texts.Length)
            {
                Add(_nextRow++, window);
            }
            else if (_nextGroup < _reader.RowGroupCount)
            {
                _group = await ReadGroupAsync(_nextGroup++, cancellationToken);
                _nextRow = 0;
            }
            else
            {
                break;
            }
        }

        return window.Count == 0 && _badRow is not null ? throw _badRow : window;
    }

    public void Dispose()
    {
        _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _file.Dispose();
    }

    private void Add(int row, List<InputRecord> window)
    {
        var index = _index++;
        if (!_filter.IsInShard(index))
        {
            return;
        }

        try
        {
            var text = _group.Texts[row]
                ?? throw new FormatException($"found no value in '{_text.Name}', expected a text. Correct the row.");
            if (_group.Ids is { } ids && string.IsNullOrEmpty(ids[row]))
            {
                throw new FormatException($"found no value in '{_id!.Name}', expected an ID. Correct the row, or leave --id-field out.");
            }

            _filter.Add(new InputRecord(index, _group.Ids?[row], text), window);
        }
        catch (FormatException e)
        {
            _badRow = new CommandException($"{_name}, row {index + 1}: {e.Message}");
        }
    }

    private async Task<(string?[] Texts, string?[]? Ids)> ReadGroupAsync(int number, CancellationToken cancellationToken)
    {
        try
        {
            using var group = _reader.OpenRowGroupReader(number);
            var texts = await ReadStringsAsync(group, _text, cancellationToken);
            return (texts, _id is null ? null : await ReadIdsAsync(group, _id, cancellationToken));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new CommandException($"{_name}: Row group {number} cannot be read ({e.Message}). Copy the file again.");
        }
    }

    private static Task<string?[]> ReadIdsAsync(ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken) =>
        field.ClrType == typeof(long) ? ReadNumbersAsync<long>(group, field, cancellationToken)
        : field.ClrType == typeof(int) ? ReadNumbersAsync<int>(group, field, cancellationToken)
        : ReadStringsAsync(group, field, cancellationToken);

    private static async Task<string?[]> ReadStringsAsync(
        ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken)
    {
        var values = new string?[group.RowCount];
        await group.ReadAsync(field, values.AsMemory()!, cancellationToken: cancellationToken);
        return values;
    }

    private static async Task<string?[]> ReadNumbersAsync<T>(
        ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken)
        where T : struct, IFormattable
    {
        var values = new T?[group.RowCount];
        if (field.IsNullable)
        {
            await group.ReadAsync<T>(field, values.AsMemory(), cancellationToken: cancellationToken);
        }
        else
        {
            var numbers = new T[group.RowCount];
            await group.ReadAsync<T>(field, numbers.AsMemory(), cancellationToken: cancellationToken);
            values = Array.ConvertAll(numbers, number => (T?)number);
        }

        return Array.ConvertAll(values, value => value?.ToString(format: null, CultureInfo.InvariantCulture));
    }

    private DataField FindColumn(string column, string option, string expected, Func<DataField, bool> isExpected)
    {
        var field = _reader.Schema.DataFields.FirstOrDefault(field => field.Path.ToString() == column) ?? throw new CommandException(
            $"{_name}: The file has no column '{column}'; found "
            + $"{ColumnNames.List([.. _reader.Schema.Fields.Select(field => field.Name)])}. Name a column with {option}.");
        return isExpected(field) && !field.IsArray ? field : throw new CommandException(
            $"{_name}: The column '{column}' has values of type {field.ClrType.Name}; expected {expected}. "
            + $"Name another column with {option}.");
    }

    /// <summary>Determines whether a column contains texts, which the library reads as memory of characters.</summary>
    private static bool IsText(DataField field) => field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>);

    private static bool IsInteger(DataField field) => field.ClrType == typeof(int) || field.ClrType == typeof(long);
}
