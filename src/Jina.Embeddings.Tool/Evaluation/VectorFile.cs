using System.Buffers.Binary;

namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>
/// Reads and writes a file of little-endian float32 vectors and nothing else. An incomplete last vector of a killed process is
/// removed.
/// </summary>
internal sealed class VectorFile : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly int _dimensions;
    private readonly byte[] _row;
    private readonly FileStream _file;

    /// <param name="path">The path of the file, which is created if it does not exist.</param>
    /// <param name="dimensions">The length of a vector.</param>
    /// <exception cref="CommandException">Another process uses the file.</exception>
    public VectorFile(string path, int dimensions)
    {
        _dimensions = dimensions;
        _row = new byte[dimensions * sizeof(float)];
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, BufferSize);
        }
        catch (IOException e)
        {
            throw new CommandException(
                $"{path}: The vectors of the corpus cannot be opened ({e.Message}). "
                + "If another process is writing them, wait for it or choose another folder with --work.");
        }

        Count = _file.Length / _row.Length;
        _file.SetLength(Count * _row.Length);
        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>Gets the number of complete vectors.</summary>
    public long Count { get; private set; }

    /// <summary>Appends a vector. The file is at its end until it is rewound.</summary>
    public void Append(ReadOnlySpan<float> vector)
    {
        if (vector.Length != _dimensions)
        {
            throw new ArgumentException($"The vector has {vector.Length} components; expected {_dimensions}.", nameof(vector));
        }

        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(_row.AsSpan(i * sizeof(float)), vector[i]);
        }

        _file.Write(_row);
        Count++;
    }

    public void Rewind() => _file.Seek(0, SeekOrigin.Begin);

    /// <summary>Reads the next vectors.</summary>
    /// <exception cref="EndOfStreamException">The file has fewer vectors left.</exception>
    public float[] Read(int count)
    {
        var bytes = new byte[count * _row.Length];
        _file.ReadExactly(bytes);
        var vectors = new float[count * _dimensions];
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        }

        return vectors;
    }

    public void Dispose() => _file.Dispose();
}
