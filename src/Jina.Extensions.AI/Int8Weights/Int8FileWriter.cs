using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.Safetensors;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Checkpoints.Weights;
using Jina.Extensions.AI.Files;
using Microsoft.Win32.SafeHandles;

namespace Jina.Extensions.AI.Int8Weights;

/// <summary>Writes a checkpoint's weights as int8 into one file, together with the other tensors of the encoder.</summary>
internal sealed class Int8FileWriter : IDisposable
{
    /// <summary>The number of rows of the embedding table that are in memory at once, per thread.</summary>
    private const int TableRows = 2048;

    /// <summary>Limits the memory, because each thread holds a whole matrix.</summary>
    private static readonly ParallelOptions FewThreads = new() { MaxDegreeOfParallelism = 4 };

    private readonly TensorEntry _table;
    private readonly List<TensorEntry> _matrices;
    private readonly List<TensorEntry> _unchanged;
    private readonly WeightReader _reader;
    private readonly SafetensorsLayout _layout;
    private readonly IProgress<WeightQuantizationProgress>? _progress;
    private readonly long _totalBytes;
    private long _doneBytes;

    public Int8FileWriter(
        Checkpoint checkpoint, IEnumerable<KeyValuePair<string, string>> metadata, IProgress<WeightQuantizationProgress>? progress)
    {
        var weights = T5WeightNames.All(checkpoint.Config).Select(name => checkpoint.Tensors[name]).ToArray();
        _table = checkpoint.Embedding;
        _matrices =
        [
            .. weights.Where(entry =>
                entry.Shape.Count == 2 && entry.Name is not (T5WeightNames.Embedding or T5WeightNames.RelativeAttentionBias)),
        ];
        _unchanged = [.. weights.Where(entry => entry.Shape.Count == 1 || entry.Name == T5WeightNames.RelativeAttentionBias)];
        if (checkpoint.Pipeline.Dense is { } dense)
        {
            _unchanged.Add(dense with { Name = Int8WeightNames.Dense });
        }

        _reader = new WeightReader([.. _unchanged, .. _matrices, _table]);
        _layout = new SafetensorsLayout(Tensors(), metadata);
        _progress = progress;
        _totalBytes = _unchanged.Concat(_matrices).Append(_table).Sum(entry => entry.Length);
    }

    /// <summary>Determines whether a file is the one that would be written, from its header and its length.</summary>
    public bool IsWritten(BoundedFile file) =>
        file.Length == _layout.Header.Length + _layout.DataLength
        && file.Read(0, _layout.Header.Length).AsSpan().SequenceEqual(_layout.Header);

    /// <summary>Writes the file. Another process sees either the whole file or none.</summary>
    /// <exception cref="JinaModelException">A weight is not finite.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, temporary =>
    {
        var length = _layout.Header.Length + _layout.DataLength;
        using var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, preallocationSize: length);
        RandomAccess.Write(file, _layout.Header, 0);
        _doneBytes = 0;
        var tableParts = (int)((_table.Shape[0] + TableRows - 1) / TableRows);
        var columnScales = ComputeColumnScales(tableParts);
        RandomAccess.Write(
            file, MemoryMarshal.AsBytes(columnScales.AsSpan()), _layout.OffsetOf(Int8WeightNames.ColumnScale(_table.Name)));
        IEnumerable<Action> steps =
        [
            .. Enumerable.Range(0, tableParts).Select(part => (Action)(() => WriteTable(file, part * TableRows, columnScales))),
            .. _matrices.Select(entry => (Action)(() => WriteMatrix(file, entry))),
            .. _unchanged.Select(entry => (Action)(() => WriteUnchanged(file, entry))),
        ];
        try
        {
            Parallel.ForEach(steps, FewThreads, static step => step());
        }
        catch (AggregateException e)
        {
            throw e.InnerExceptions[0];
        }

        // Later loads read only the header, so it must not be on disk without the data after a power failure.
        RandomAccess.FlushToDisk(file);
    });

    public void Dispose() => _reader.Dispose();

    /// <summary>Returns the tensors in their order in the file: floats first, so that they are aligned.</summary>
    private IEnumerable<(string Name, TensorElementType Type, long[] Shape)> Tensors() =>
    [
        .. _unchanged.Select(entry => (entry.Name, TensorElementType.Float32, entry.Shape.ToArray())),
        .. _matrices.Append(_table).Select(
            entry => (Int8WeightNames.Scale(entry.Name), TensorElementType.Float32, new[] { entry.Shape[0] })),
        (Int8WeightNames.ColumnScale(_table.Name), TensorElementType.Float32, [_table.Shape[1]]),
        .. _matrices.Select(entry => (entry.Name, TensorElementType.Int8, entry.Shape.Reverse().ToArray())),
        (_table.Name, TensorElementType.Int8, _table.Shape.ToArray()),
    ];

    private void WriteUnchanged(SafeFileHandle file, TensorEntry entry)
    {
        var values = Finite(entry, _reader.Read(entry));
        RandomAccess.Write(file, MemoryMarshal.AsBytes(values.AsSpan()), _layout.OffsetOf(entry.Name));
        Report(entry.Length);
    }

    private void WriteMatrix(SafeFileHandle file, TensorEntry entry)
    {
        var columns = (int)entry.Shape[1];
        var (values, scales) = RowQuantizer.Quantize(Finite(entry, _reader.Read(entry)), columns);
        RandomAccess.Write(file, MemoryMarshal.AsBytes(scales.AsSpan()), _layout.OffsetOf(Int8WeightNames.Scale(entry.Name)));
        RandomAccess.Write(file, MemoryMarshal.AsBytes(RowQuantizer.Transpose(values, columns).AsSpan()), _layout.OffsetOf(entry.Name));
        Report(entry.Length);
    }

    private void WriteTable(SafeFileHandle file, int first, float[] columnScales)
    {
        var columns = (int)_table.Shape[1];
        var rows = Finite(_table, ReadTable(first));
        for (var start = 0; start < rows.Length; start += columns)
        {
            var row = rows.AsSpan(start, columns);
            TensorPrimitives.Divide(row, columnScales, row);
        }

        var (values, scales) = RowQuantizer.Quantize(rows, columns);
        var scalesOffset = _layout.OffsetOf(Int8WeightNames.Scale(_table.Name)) + (first * sizeof(float));
        RandomAccess.Write(file, MemoryMarshal.AsBytes(scales.AsSpan()), scalesOffset);
        RandomAccess.Write(file, MemoryMarshal.AsBytes(values.AsSpan()), _layout.OffsetOf(_table.Name) + ((long)first * columns));
        Report((long)rows.Length * _table.ElementType.Size());
    }

    /// <summary>Returns the root mean square of each column of the table.</summary>
    /// <remarks>
    /// Trained tables have a few columns that are much larger than the others. With scales of rows alone, these columns would determine
    /// the scale, and the others would be rounded to few values.
    /// </remarks>
    private float[] ComputeColumnScales(int parts)
    {
        var columns = (int)_table.Shape[1];
        var squares = new double[parts][];
        Parallel.For(0, parts, FewThreads, part =>
        {
            var sums = squares[part] = new double[columns];
            var values = ReadTable(part * TableRows);
            for (var i = 0; i < values.Length; i++)
            {
                sums[i % columns] += (double)values[i] * values[i];
            }
        });
        return
        [
            .. Enumerable.Range(0, columns)
                .Select(column => (float)Math.Sqrt(squares.Sum(sums => sums[column]) / _table.Shape[0]))
                .Select(scale => scale > 0 ? scale : 1),
        ];
    }

    private float[] ReadTable(int first) =>
        _reader.ReadRows(_table, first, (int)Math.Min(TableRows, _table.Shape[0] - first));

    private void Report(long bytes) =>
        _progress?.Report(new WeightQuantizationProgress(Interlocked.Add(ref _doneBytes, bytes), _totalBytes));

    private static float[] Finite(TensorEntry entry, float[] values) =>
        TensorPrimitives.IsFiniteAll<float>(values) ? values : throw new JinaModelException(
            entry.File,
            $"{entry.Name} contains infinite values or values that are not numbers; finite weights are expected. Download the model "
            + "again.");
}
