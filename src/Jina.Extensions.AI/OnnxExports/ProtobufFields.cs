using Google.Protobuf;

namespace Jina.Extensions.AI.OnnxExports;

/// <summary>
/// Reads the fields of a protobuf file one by one and keeps none of them. A generated parser would copy hundreds of megabytes of
/// weights to read their sizes.
/// </summary>
internal sealed class ProtobufFields(Stream file, CodedInputStream input)
{
    // A graph inside a graph takes four levels, and T5 needs one graph.
    private const int MaximumDepth = 32;

    private long _end = file.Length;
    private int _depth;

    /// <summary>Reads the fields up to the end of the current message.</summary>
    /// <param name="read">A function that reads the field of a tag, or returns false to skip it.</param>
    public void ReadAll(Func<uint, bool> read)
    {
        while (input.Position < _end)
        {
            var tag = input.ReadTag();
            if (!read(tag))
            {
                input.SkipLastField();
            }
        }

        if (input.Position != _end)
        {
            throw new FormatException($"a message that ends at byte {_end} has a field that ends at byte {input.Position}");
        }
    }

    /// <summary>Reads a message inside the current one.</summary>
    /// <param name="read">A function that reads a field of the message.</param>
    /// <param name="begin">An action that runs before the fields are read. A message can have no fields.</param>
    public bool Message(Func<uint, bool> read, Action? begin = null)
    {
        begin?.Invoke();
        var outer = _end;
        _end = EndOfField();
        if (++_depth > MaximumDepth)
        {
            throw new FormatException($"its messages are nested more than {MaximumDepth} levels deep");
        }

        ReadAll(read);
        _end = outer;
        _depth--;
        return true;
    }

    public bool Number(Action<long> use)
    {
        use(input.ReadInt64());
        return true;
    }

    /// <summary>Reads a field of packed numbers.</summary>
    public bool Numbers(Action<long> use)
    {
        for (var end = EndOfField(); input.Position < end;)
        {
            use(input.ReadInt64());
        }

        return true;
    }

    public bool Text(Action<string> use)
    {
        use(input.ReadString());
        return true;
    }

    /// <summary>Skips a field of bytes, and passes its length on.</summary>
    public bool Bytes(Action<long> use)
    {
        var start = input.Position;
        input.SkipLastField();

        // The length precedes the bytes and takes one byte for every seven of its bits.
        var field = input.Position - start;
        var length = field - 1;
        while (CodedOutputStream.ComputeLengthSize((int)Math.Min(length, int.MaxValue)) > field - length)
        {
            length--;
        }

        use(length);
        return true;
    }

    private long EndOfField()
    {
        var length = input.ReadLength();
        var end = input.Position + length;
        return length >= 0 && end <= _end
            ? end
            : throw new FormatException($"a field at byte {input.Position} is {length} bytes long, but its message ends at byte {_end}");
    }
}
