using System.Buffers.Binary;
using System.Text;

namespace Jina.RandomCheckpoints;

/// <summary>Writes pickles of protocol 2 opcode by opcode.</summary>
public sealed class PickleWriter
{
    private readonly List<byte> _bytes = [];

    /// <summary>Initializes a pickle.</summary>
    public PickleWriter() => Op("\u0080\u0002");

    /// <summary>Appends opcodes and arguments unchanged. Every character is one byte.</summary>
    public PickleWriter Op(string latin1)
    {
        _bytes.AddRange(Encoding.Latin1.GetBytes(latin1));
        return this;
    }

    /// <summary>Pushes a string.</summary>
    public PickleWriter Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Op("X");
        Int32(bytes.Length);
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Pushes a number.</summary>
    public PickleWriter Number(long value)
    {
        if (value == (int)value)
        {
            Op("J");
            Int32((int)value);
            return this;
        }

        Op("\u008a\u0008");
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    /// <summary>Pushes a class or function.</summary>
    public PickleWriter Global(string module, string name) => Op($"c{module}\n{name}\n");

    /// <summary>Pushes a tuple of integers.</summary>
    public PickleWriter Tuple(params ReadOnlySpan<long> values)
    {
        Op("(");
        foreach (var value in values)
        {
            Number(value);
        }

        return Op("t");
    }

    /// <summary>Pushes the call that rebuilds a tensor as a view of a storage.</summary>
    public PickleWriter Tensor(string key, string storage, long count, long offset, long[] shape, long[] strides) => this
        .Global("torch._utils", "_rebuild_tensor_v2")
        .Op("(")
        .Storage(key, storage, count)
        .Number(offset)
        .Tuple(shape)
        .Tuple(strides)
        .Op("\u0089")
        .Global("collections", "OrderedDict")
        .Op(")R")
        .Op("tR");

    /// <summary>Pushes a storage through its persistent id.</summary>
    public PickleWriter Storage(string key, string storage, long count) => this
        .Op("(").Text("storage").Global("torch", storage).Text(key).Text("cpu").Number(count).Op("tQ");

    /// <summary>Completes the pickle and returns its bytes.</summary>
    public byte[] ToArray()
    {
        Op(".");
        return _bytes.ToArray();
    }

    private void Int32(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
    }
}
