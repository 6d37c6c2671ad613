using Google.Protobuf;

namespace Jina.Extensions.AI.OnnxExports;

/// <summary>
/// Walks through the fields of a protobuf file and keeps nothing: a generated parser would copy hundreds of megabytes of
/// weights to look at their sizes.
/// </summary>
internal sealed class ProtobufFields(Stream file, CodedInputStream input)
{
    // A graph inside a graph takes four levels; what T5 needs is one graph.
    private const int MaximumDepth = 32;

    private long _end = file.Length;
    private int _depth;

    /// <summary>Reads the fields up to the end of the present message.</summary>
    /// <param name="read">Reads the field of a tag, or returns false: it is then skipped.</param>
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

    /// <summary>Reads a message inside the present one.</summary>
    /// <param name="read">Reads a field of it.</param>
    /// <param name="begin">Called before its fields are read, of which there may be none.</param>
    public bool Message(Func<uint, bool> read, Action? begin = null)
    {
        begin?.Invoke();
        var outer = _end;
        _end = EndOfField();
        if (++_depth > MaximumDepth)
        {
            throw new FormatException($"its messages are nested more than {MaximumDepth} deep");
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

    /// <summary>Reads numbers that stand one after the other in one field.</summary>
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

    /// <summary>Skips a field of bytes, and tells how many they are.</summary>
    public bool Bytes(Action<long> use)
    {
        var start = input.Position;
        input.SkipLastField();

        // The length stands before the bytes and takes one byte more for every seven bits of it.
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
