using System.Buffers.Binary;
using System.Text;

namespace Jina.Fuzzing.Mutations;

/// <summary>Inserts opcodes into a pickle, and changes its numbers.</summary>
internal static class PickleMutator
{
    /// <summary>Opcodes with their arguments, one byte per character: those of a state dict, and those of an attack.</summary>
    private static readonly string[] Opcodes =
    [
        "}", "]", ")", "(", "t", "u", "s", "e", "a", "R", "b", "Q", "N", "\u0088", "\u0089", "\u0085", "\u0086", "\u0087", ".", "0",
        "1", "2",
        "q\0", "h\0", "q\u0001", "h\u0001", "r\u0001\0\0\0", "j\u0001\0\0\0", "j\u00ff\u00ff\u00ff\u00ff", "r\u00ff\u00ff\u00ff\u00ff",
        "K\0", "K\u0001", "M\u00ff\u00ff",
        "J\u00ff\u00ff\u00ff\u007f", "J\u00ff\u00ff\u00ff\u00ff", "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f",
        "\u008a\0", "\u008a\u00ff", "\u008b\u00ff\u00ff\u00ff\u00ff",
        "X\u0003\0\0\0abc", "X\u00ff\u00ff\u00ff\u00ff", "X\u0001\0\0\0\u00ff", "U\u0001a", "T\u0001\0\0\0a",
        "B\u00ff\u00ff\u00ff\u007f", "C\u0001a", "\u008c\u0001a",
        "cos\nsystem\n", "cbuiltins\neval\n", "cposix\nsystem\n", "csubprocess\nPopen\n", "ctorch\nload\n", "ctorch\nFloatStorage\n",
        "ctorch\nDoubleStorage\n",
        "ccollections\nOrderedDict\n", "ctorch._utils\n_rebuild_tensor_v2\n", "ctorch._utils\n_rebuild_parameter\n", "ios\nsystem\n",
        "\u0093", "\u0081", "\u0092", "o", "\u0082\u0001",
        "\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "\u0094", "F1.5\n", "I1\n", "L1L\n", "S'a'\n", "Va\n", "Pid\n",
        "G\0\0\0\0\0\0\0\0", "\u0080\u0002", "\u0080\u0005", "\u0097", "\u0098",
    ];

    public static byte[] Mutate(Random random, byte[] pickle, byte[] other)
    {
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            pickle = random.Next(5) switch
            {
                0 or 1 => Insert(random, pickle, Repeat(random.Pick(Opcodes), random.Chance(0.03) ? random.Next(5000) : 1)),
                2 => Insert(random, pickle, random.Pick(Opcodes) + random.Pick(Opcodes) + random.Pick(Opcodes)),
                3 => ChangeNumber(random, pickle),
                _ => ByteMutator.Mutate(random, pickle, other),
            };
        }

        return pickle;
    }

    private static string Repeat(string opcode, int times) => string.Concat(Enumerable.Repeat(opcode, times));

    private static byte[] Insert(Random random, byte[] pickle, string opcodes)
    {
        var at = random.Next(pickle.Length + 1);
        return [.. pickle[..at], .. Encoding.Latin1.GetBytes(opcodes), .. pickle[at..]];
    }

    // Shapes, strides, offsets and counts are numbers of four bytes after a J, or of one byte after a K.
    private static byte[] ChangeNumber(Random random, byte[] pickle)
    {
        var places = Enumerable.Range(0, pickle.Length).Where(at => pickle[at] is (byte)'J' or (byte)'K').ToArray();
        if (places.Length == 0)
        {
            return pickle;
        }

        var at = random.Pick(places);
        var length = pickle[at] == (byte)'J' ? 5 : 2;
        var number = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(number, random.Chance(0.5) ? random.Next(64) : random.Edge());
        byte[] replaced = random.Chance(0.5) ? [(byte)'J', .. number[..4]] : [0x8a, 8, .. number];
        return [.. pickle[..at], .. replaced, .. pickle[Math.Min(pickle.Length, at + length)..]];
    }
}
