using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;

namespace Jina.Fuzzing.Mutations;

/// <summary>Writes tables of replacements (precompiled_charsmap) for keys of one ASCII character each.</summary>
internal static class CharsmapWriter
{
    private const uint HasValue = 1 << 8;

    // The children of the root are at this unit, with their labels added. The values follow them.
    private const int Children = 0x100;
    private const int Values = 0x200;

    public static ByteString Write(IReadOnlyList<(string Key, string Replacement)> rules)
    {
        var units = new uint[Values + (0x100 * rules.Count)];
        using var strings = new MemoryStream();
        units[0] = Offset(0, Children);
        for (var i = 0; i < rules.Count; i++)
        {
            var (key, replacement) = rules[i];
            var child = Children ^ key[0];
            var value = Values + (0x100 * i);
            units[child] = Offset(child, value) | HasValue | key[0];
            units[value] = 0x8000_0000 | (uint)strings.Length;
            strings.Write(Encoding.UTF8.GetBytes(replacement + '\0'));
        }

        return Join(units, strings.ToArray());
    }

    /// <summary>Writes a table in which a character leads to itself again, and that has no replacement.</summary>
    public static ByteString WriteCircle(char label)
    {
        var units = new uint[Values];
        var child = Children ^ label;
        units[0] = Offset(0, Children);
        units[child] = Offset(child, Children) | label;
        return Join(units, [0]);
    }

    // A unit stores the exclusive or of its own place and that of its children.
    private static uint Offset(int from, int to) => (uint)(from ^ to) << 10;

    private static ByteString Join(uint[] units, byte[] strings)
    {
        var table = new byte[sizeof(uint) * (1 + units.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(table, sizeof(uint) * units.Length);
        for (var i = 0; i < units.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(sizeof(uint) * (i + 1)), units[i]);
        }

        return ByteString.CopyFrom([.. table, .. strings]);
    }
}
