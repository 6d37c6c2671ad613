using System.Buffers.Binary;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Checkpoints.Torch;

/// <summary>Represents the place of a zip archive's central directory, which the records at the end of the archive contain.</summary>
/// <param name="EntryCount">The number of entries.</param>
/// <param name="DirectoryOffset">The position of the directory.</param>
/// <param name="DirectoryLength">The size of the directory in bytes.</param>
internal sealed record ZipTail(long EntryCount, long DirectoryOffset, int DirectoryLength)
{
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int Zip64EndLength = 56;

    // A thousand entries take about 80 KB.
    private const int MaximumDirectoryLength = 4 << 20;

    private static ReadOnlySpan<byte> EndSignature => "PK\x05\x06"u8;

    public static ZipTail Read(BoundedFile file)
    {
        // The end record can be followed by a comment of up to 64 KB.
        var tail = file.Read(
            Math.Max(0, file.Length - EndLength - ushort.MaxValue), (int)Math.Min(file.Length, EndLength + ushort.MaxValue));
        var at = FindEnd(tail);
        if (at < 0)
        {
            throw ZipDirectory.Damaged(file, "the zip archive has no end record");
        }

        var end = tail.AsSpan(at);
        ulong count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        ulong length = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        ulong offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        var locator = file.Length - tail.Length + at - LocatorLength;
        if ((count == ushort.MaxValue || length == uint.MaxValue || offset == uint.MaxValue) && locator >= 0)
        {
            (count, length, offset) = ReadZip64(file, file.Read(locator, LocatorLength));
        }

        if (length > MaximumDirectoryLength || offset > (ulong)file.Length - length)
        {
            throw ZipDirectory.Damaged(
                file, $"the zip archive's end record declares a directory of {length} bytes at byte {offset} of {file.Length}");
        }

        return new ZipTail((long)Math.Min(count, long.MaxValue), (long)offset, (int)length);
    }

    /// <summary>Finds the last end record whose comment ends at the end of the file, because a comment can contain the signature.</summary>
    private static int FindEnd(ReadOnlySpan<byte> tail)
    {
        var at = tail.LastIndexOf(EndSignature);
        while (at >= 0 && !EndsWithFile(tail, at))
        {
            at = tail[..at].LastIndexOf(EndSignature);
        }

        return at;
    }

    private static bool EndsWithFile(ReadOnlySpan<byte> tail, int at) =>
        at <= tail.Length - EndLength && at + EndLength + BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + 20)..]) == tail.Length;

    private static (ulong Count, ulong Length, ulong Offset) ReadZip64(BoundedFile file, ReadOnlySpan<byte> locator)
    {
        var position = BinaryPrimitives.ReadUInt64LittleEndian(locator[8..]);
        if (!locator.StartsWith("PK\x06\x07"u8) || position > (ulong)Math.Max(0, file.Length - Zip64EndLength))
        {
            throw ZipDirectory.Damaged(file, "the zip archive has no zip64 end record, although its end record refers to one");
        }

        ReadOnlySpan<byte> end = file.Read((long)position, Zip64EndLength);
        if (!end.StartsWith("PK\x06\x06"u8))
        {
            throw ZipDirectory.Damaged(file, "the zip archive's zip64 end record is not where its locator points");
        }

        return (
            BinaryPrimitives.ReadUInt64LittleEndian(end[32..]),
            BinaryPrimitives.ReadUInt64LittleEndian(end[40..]),
            BinaryPrimitives.ReadUInt64LittleEndian(end[48..]));
    }
}
