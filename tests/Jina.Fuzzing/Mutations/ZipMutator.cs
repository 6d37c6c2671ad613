using System.Buffers.Binary;

namespace Jina.Fuzzing.Mutations;

/// <summary>Changes the records of a zip archive: sizes, places, methods, names.</summary>
internal static class ZipMutator
{
    // The signature of each record, and the positions and sizes of its fields.
    private static readonly (byte[] Signature, (int At, int Bytes)[] Fields)[] Records =
    [
        (
            [.. "PK\x01\x02"u8],
            [(8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (42, 4), (46, 1), (46, 4), (50, 8)]
        ),
        ([.. "PK\x03\x04"u8], [(6, 2), (8, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2), (30, 1), (30, 4)]),
        ([.. "PK\x05\x06"u8], [(8, 2), (10, 2), (12, 4), (16, 4), (20, 2)]),
        ([.. "PK\x06\x06"u8], [(24, 8), (32, 8), (40, 8), (48, 8)]),
        ([.. "PK\x06\x07"u8], [(8, 8), (16, 4)]),
    ];

    public static byte[] Mutate(Random random, byte[] zip)
    {
        zip = zip.ToArray();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var (signature, fields) = random.Pick(Records);
            var places = Places(zip, signature);
            if (places.Count > 0)
            {
                var (at, bytes) = random.Pick(fields);
                Change(random, zip, random.Pick(places) + at, bytes);
            }
        }

        return zip;
    }

    private static List<int> Places(ReadOnlySpan<byte> zip, byte[] signature)
    {
        var places = new List<int>();
        for (var at = zip.IndexOf(signature); at >= 0;)
        {
            places.Add(at);
            var next = zip[(at + 4)..].IndexOf(signature);
            at = next < 0 ? -1 : at + 4 + next;
        }

        return places;
    }

    private static void Change(Random random, byte[] zip, int at, int bytes)
    {
        if (at + bytes > zip.Length)
        {
            return;
        }

        Span<byte> number = stackalloc byte[sizeof(long)];
        zip.AsSpan(at, bytes).CopyTo(number);
        var value = random.Next(4) switch
        {
            0 => BinaryPrimitives.ReadInt64LittleEndian(number) + random.Next(-64, 65),
            1 => random.Next(zip.Length),
            _ => random.Edge(),
        };
        BinaryPrimitives.WriteInt64LittleEndian(number, value);
        number[..bytes].CopyTo(zip.AsSpan(at));
    }
}
