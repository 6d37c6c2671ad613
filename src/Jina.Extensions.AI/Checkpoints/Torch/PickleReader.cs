using System.Buffers.Binary;
using System.Text;

namespace Jina.Extensions.AI.Checkpoints.Torch;

/// <summary>
/// Interprets the opcodes that a state dict consists of. Nothing is executed: a global is only a name, and
/// <see cref="TorchObjects"/> creates plain data for it. Work and memory are linear in the pickle's length.
/// </summary>
/// <remarks>
/// Values are null, <see cref="bool"/>, <see cref="long"/>, <see cref="string"/>, object?[] (tuple),
/// <see cref="List{T}"/>, <see cref="Dictionary{TKey,TValue}"/>, <see cref="PickleGlobal"/>,
/// <see cref="TorchStorage"/> and <see cref="TorchTensor"/>. All errors are <see cref="FormatException"/>s.
/// </remarks>
internal sealed class PickleReader
{
    /// <summary>
    /// The most bytes of a text. The longest ones are names of weights, of about 80 bytes. A text can be used many times for a few bytes
    /// each, so the work would be quadratic without a limit.
    /// </summary>
    private const uint MaximumText = 1024;

    private readonly byte[] _pickle;
    private readonly PickleStack _stack = new();
    private readonly Dictionary<uint, object?> _memo = [];
    private int _position;

    private PickleReader(byte[] pickle) => _pickle = pickle;

    /// <summary>Returns the value that the pickle produces.</summary>
    /// <exception cref="FormatException">
    /// The pickle is damaged, or contains more than a state dict does. The message names the place.
    /// </exception>
    public static object? Read(byte[] pickle)
    {
        var reader = new PickleReader(pickle);
        var start = 0;
        try
        {
            do
            {
                start = reader._position;
            }
            while (reader.Step());

            return reader._stack.Pop();
        }
        catch (FormatException e)
        {
            throw new FormatException($"at byte {start}, {e.Message}", e);
        }
    }

    private bool Step()
    {
        var opcode = (PickleOpcode)Take(1)[0];
        switch (opcode)
        {
            case PickleOpcode.Stop: return false;
            case PickleOpcode.Proto: RequireProtocol(Take(1)[0]); break;

            case PickleOpcode.None: _stack.Push(null); break;
            case PickleOpcode.NewTrue: _stack.Push(true); break;
            case PickleOpcode.NewFalse: _stack.Push(false); break;
            case PickleOpcode.BinInt: _stack.Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4))); break;
            case PickleOpcode.BinInt1: _stack.Push((long)Take(1)[0]); break;
            case PickleOpcode.BinInt2: _stack.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2))); break;
            case PickleOpcode.Long1: _stack.Push(ReadLong(Take(Take(1)[0]))); break;
            case PickleOpcode.BinUnicode:
                _stack.Push(TakeText(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
                break;

            case PickleOpcode.Mark: _stack.Mark(); break;
            case PickleOpcode.EmptyTuple: _stack.Push(Array.Empty<object?>()); break;
            case PickleOpcode.Tuple: _stack.Push(_stack.PopToMark()); break;
            case PickleOpcode.Tuple1: _stack.Push(_stack.Pop(1)); break;
            case PickleOpcode.Tuple2: _stack.Push(_stack.Pop(2)); break;
            case PickleOpcode.Tuple3: _stack.Push(_stack.Pop(3)); break;
            case PickleOpcode.EmptyList: _stack.Push(new List<object?>()); break;
            case PickleOpcode.Append: Append(_stack.Pop(1)); break;
            case PickleOpcode.Appends: Append(_stack.PopToMark()); break;
            case PickleOpcode.EmptyDict: _stack.Push(TorchObjects.NewDictionary()); break;
            case PickleOpcode.SetItem: SetItems(_stack.Pop(2)); break;
            case PickleOpcode.SetItems: SetItems(_stack.PopToMark()); break;

            case PickleOpcode.BinPut: _memo[Take(1)[0]] = _stack.Peek(); break;
            case PickleOpcode.LongBinPut: _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = _stack.Peek(); break;
            case PickleOpcode.BinGet: _stack.Push(Recall(Take(1)[0])); break;
            case PickleOpcode.LongBinGet: _stack.Push(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))); break;

            case PickleOpcode.Global: _stack.Push(TorchObjects.Find(TakeLine(), TakeLine())); break;
            case PickleOpcode.BinPersId: _stack.Push(TorchObjects.FindStorage(_stack.Pop())); break;
            case PickleOpcode.Reduce: Reduce(_stack.Pop(2)); break;
            case PickleOpcode.Build: Build(_stack.Pop()); break;

            default:
                throw new FormatException(
                    Enum.IsDefined(opcode)
                        ? $"the opcode {opcode} (0x{(byte)opcode:x2}) is not one that a state dict needs"
                        : $"0x{(byte)opcode:x2} is not a pickle opcode");
        }

        return true;
    }

    private static void RequireProtocol(byte protocol)
    {
        if (protocol != 2)
        {
            throw new FormatException($"the pickle protocol is {protocol}; 2, which torch.save writes, is expected");
        }
    }

    private static long ReadLong(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > sizeof(long))
        {
            throw new FormatException($"an integer of {bytes.Length} bytes is longer than any size");
        }

        Span<byte> padded = stackalloc byte[sizeof(long)];
        padded.Fill(bytes.Length > 0 && bytes[^1] >= 0x80 ? (byte)0xff : (byte)0);
        bytes.CopyTo(padded);
        return BinaryPrimitives.ReadInt64LittleEndian(padded);
    }

    private void Append(object?[] items)
    {
        if (_stack.Peek() is not List<object?> list)
        {
            throw new FormatException("items are appended to something that is not a list");
        }

        list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (_stack.Peek() is not Dictionary<string, object?> dictionary || items.Length % 2 != 0)
        {
            throw new FormatException("items are set on something that is not a dictionary");
        }

        for (var i = 0; i < items.Length; i += 2)
        {
            dictionary[items[i] as string ?? throw new FormatException("a dictionary has a key that is not a string")] = items[i + 1];
        }
    }

    private void Reduce(object?[] call) => _stack.Push(TorchObjects.Call(call[0], call[1] as object?[]));

    // An OrderedDict's attributes (_metadata) do not affect the weights.
    private void Build(object? state)
    {
        if (_stack.Peek() is not Dictionary<string, object?> || state is not Dictionary<string, object?>)
        {
            throw new FormatException("attributes are set on something that is not a dictionary");
        }
    }

    private object? Recall(uint index) =>
        _memo.TryGetValue(index, out var value) ? value : throw new FormatException($"memo entry {index} is used before it is set");

    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > _pickle.Length - _position)
        {
            throw new FormatException($"{count} bytes are needed, but only {_pickle.Length - _position} are left: the pickle is truncated");
        }

        var taken = _pickle.AsSpan(_position, (int)count);
        _position += (int)count;
        return taken;
    }

    private string TakeLine()
    {
        var length = _pickle.AsSpan(_position).IndexOf((byte)'\n');
        var line = length < 0 ? throw new FormatException("a line does not end: the pickle is truncated") : TakeText((uint)length);
        Take(1);
        return line;
    }

    private string TakeText(uint length) => length <= MaximumText || length > _pickle.Length - _position
        ? Encoding.UTF8.GetString(Take(length))
        : throw new FormatException($"a text has {length} bytes; at most {MaximumText} are expected");
}
