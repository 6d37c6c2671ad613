using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Jina.Embeddings.Tool.Batch;

/// <summary>Writes a NumPy array (format 1.0) with a row per vector.</summary>
/// <remarks>https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html defines the format.</remarks>
internal sealed class NpyWriter : IVectorWriter
{
    /// <summary>The format requires that the header with its prefix has a multiple of this length.</summary>
    private const int Alignment = 64;

    private const int BufferSize = 1 << 16;

    private readonly BufferedStream _file;
    private readonly VectorLayout _layout;

    private NpyWriter(Stream file, VectorLayout layout) => (_file, _layout) = (new BufferedStream(file, BufferSize), layout);

    /// <summary>Writes the header.</summary>
    public static NpyWriter Create(Stream file, VectorLayout layout)
    {
        var writer = new NpyWriter(file, layout);
        writer.WriteHeader();
        return writer;
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(VectorRecord record, CancellationToken cancellationToken)
    {
        var components = record.Components.Span;
        if (_layout.Type == EmbeddingType.Float)
        {
            // All processors that ONNX Runtime supports are little-endian.
            _file.Write(MemoryMarshal.AsBytes(components));
        }
        else
        {
            foreach (var component in components)
            {
                _file.WriteByte(unchecked((byte)(int)component));
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken) => await _file.FlushAsync(cancellationToken);

    /// <summary>Releases nothing. Disposing of the buffer would write it, also after a failure.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void WriteHeader()
    {
        var type = _layout.Type switch
        {
            EmbeddingType.Int8 => "|i1",
            EmbeddingType.Binary => "|u1",
            _ => "<f4",
        };
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({_layout.Count}, {_layout.Length}), }}");
        ReadOnlySpan<byte> prefix = [0x93, .. "NUMPY"u8, 1, 0];
        var unpadded = prefix.Length + sizeof(ushort) + text.Length + 1;
        text = text.PadRight(text.Length + ((Alignment - (unpadded % Alignment)) % Alignment)) + "\n";
        _file.Write(prefix);
        _file.WriteByte((byte)text.Length);
        _file.WriteByte((byte)(text.Length >> 8));
        _file.Write(Encoding.ASCII.GetBytes(text));
    }
}
