using System.Buffers.Binary;

namespace Jina.Fuzzing.Mutations;

/// <summary>Changes bytes without knowledge of the format.</summary>
internal static class ByteMutator
{
    private static readonly byte[] Edges = [0, 1, 0x7f, 0x80, 0xfe, 0xff, .. "\"{}[]-9e.,"u8];

    /// <summary>Makes one to four changes.</summary>
    /// <param name="random">The source of randomness.</param>
    /// <param name="input">The input to change. The array itself is not modified.</param>
    /// <param name="other">An input to copy parts from.</param>
    public static byte[] Mutate(Random random, byte[] input, byte[] other)
    {
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            input = Change(random, input, other);
        }

        return input;
    }

    private static byte[] Change(Random random, byte[] input, byte[] other)
    {
        if (input.Length == 0)
        {
            return [(byte)random.Next(256)];
        }

        var at = At(random, input);
        var length = Math.Min(random.Chance(0.8) ? random.Next(1, 17) : random.Next(1, input.Length + 1), input.Length - at);
        ReadOnlySpan<byte> block = input.AsSpan(at, length);
        var copy = input.ToArray();
        switch (random.Next(10))
        {
            case 0: copy[at] ^= (byte)(1 << random.Next(8)); return copy;
            case 1: copy[at] = random.Pick(Edges); return copy;
            case 2: copy[at] = (byte)random.Next(256); return copy;
            case 3: copy[at] += (byte)(random.Chance(0.5) ? 1 : 255); return copy;
            case 4: WriteNumber(random, copy.AsSpan(at)); return copy;
            case 5: return [.. input[..at], .. input[(at + length)..]];
            case 6: return [.. input[..at], .. block, .. input[at..]];
            case 7: return Move(random, input, at, length);
            case 8: return input[..at];
            default:
                var from = random.Chance(0.5) ? at : random.Next(other.Length + 1);
                return [.. input[..at], .. other[Math.Min(other.Length, from)..]];
        }
    }

    // Headers and directories are at the ends of a file.
    private static int At(Random random, byte[] input) => random.Next(4) switch
    {
        0 => random.Next(Math.Min(64, input.Length)),
        1 => input.Length - 1 - random.Next(Math.Min(256, input.Length)),
        _ => random.Next(input.Length),
    };

    private static void WriteNumber(Random random, Span<byte> place)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        var value = random.Edge();
        if (random.Chance(0.7))
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
            number[..Math.Min(place.Length, 1 << random.Next(4))].CopyTo(place);
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value);
            number[^Math.Min(place.Length, 1 << random.Next(4))..].CopyTo(place);
        }
    }

    private static byte[] Move(Random random, byte[] input, int at, int length)
    {
        byte[] rest = [.. input[..at], .. input[(at + length)..]];
        var to = random.Next(rest.Length + 1);
        return [.. rest[..to], .. input[at..(at + length)], .. rest[to..]];
    }
}
