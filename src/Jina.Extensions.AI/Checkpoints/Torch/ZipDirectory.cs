using System.Buffers.Binary;
using System.Text;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Checkpoints.Torch;

/// <summary>
/// Reads a zip archive's central directory, zip64 included. System.IO.Compression returns the names, but not the positions of the
/// entries' bytes in the file, which are all that is needed here.
/// </summary>
internal sealed class ZipDirectory
{
    private const int LocalHeaderLength = 30;
    private const int CentralHeaderLength = 46;
    private const uint LocalSignature = 0x04034b50;
    private const uint CentralSignature = 0x02014b50;

    // Real names have about 30 bytes. Each tensor compares the name of its entry, so long names would make the work quadratic.
    private const int MaximumName = 1024;
    private const int EncryptedFlags = 1 | 1 << 6 | 1 << 13;

    private readonly BoundedFile _file;
    private readonly ZipTail _tail;
    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.Ordinal);
    private readonly SortedSet<long> _headers = [];

    private ZipDirectory(BoundedFile file, ZipTail tail)
    {
        _file = file;
        _tail = tail;
    }

    public IEnumerable<string> Names => _entries.Keys;

    public static ZipDirectory Read(BoundedFile file)
    {
        var directory = new ZipDirectory(file, ZipTail.Read(file));
        directory.ReadEntries();
        return directory;
    }

    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>Returns the place of a stored entry's bytes, after checking that it is inside the file.</summary>
    public (long Offset, long Length) Locate(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
        {
            throw Damaged(_file, $"the zip archive has no entry {name}");
        }

        if ((entry.Flags & EncryptedFlags) != 0)
        {
            throw Repackaged($"the zip entry {name} is encrypted");
        }

        if (entry.Method != 0)
        {
            throw Repackaged($"the zip entry {name} is compressed ({(entry.Method == 8 ? "deflated" : $"method {entry.Method}")})");
        }

        var header = entry.HeaderOffset <= _tail.DirectoryOffset - LocalHeaderLength
            ? _file.Read(entry.HeaderOffset, LocalHeaderLength)
            : [];
        if (header.Length == 0 || BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalSignature)
        {
            throw Damaged(_file, $"the zip entry {name} has no local header at byte {entry.HeaderOffset}");
        }

        // Another reader must not find this entry under another name, or inside another entry.
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(26));
        var next = _headers.GetViewBetween(entry.HeaderOffset + 1, _tail.DirectoryOffset).Min;
        var end = next > 0 ? next : _tail.DirectoryOffset;
        var offset = entry.HeaderOffset + LocalHeaderLength + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
        if (offset > end - entry.Length)
        {
            throw Damaged(
                _file,
                $"the zip entry {name} ({entry.Length} bytes from byte {offset}) reaches into "
                + $"{(end == _tail.DirectoryOffset ? "the archive's directory" : "the next entry")} at byte {end}");
        }

        var localName = Encoding.UTF8.GetString(_file.Read(entry.HeaderOffset + LocalHeaderLength, Math.Min(nameLength, MaximumName)));
        return localName == name
            ? (offset, entry.Length)
            : throw Damaged(_file, $"the zip entry {name} is called '{localName}' in its local header at byte {entry.HeaderOffset}");
    }

    internal static JinaModelException Damaged(BoundedFile file, string problem) =>
        new(file.Path, $"The file is damaged or truncated: {problem}. Download it again.");

    private JinaModelException Repackaged(string problem) =>
        new(
            _file.Path,
            $"The archive was repackaged: {problem}, but torch.save stores its entries as they are. "
            + "Download the original file, or save the checkpoint with torch again.");

    private void ReadEntries()
    {
        var bytes = _file.Read(_tail.DirectoryOffset, _tail.DirectoryLength).AsSpan();
        for (var i = 0L; i < _tail.EntryCount; i++)
        {
            if (bytes.Length < CentralHeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != CentralSignature)
            {
                throw Damaged(_file, $"the zip directory declares {_tail.EntryCount} entries, but ends after {i}");
            }

            int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]);
            int extraLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes[30..]);
            int length = CentralHeaderLength + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(bytes[32..]);
            if (nameLength > MaximumName)
            {
                throw Damaged(
                    _file, $"entry {i} of the zip directory has a name of {nameLength} bytes; at most {MaximumName} are expected");
            }

            if (length > bytes.Length)
            {
                throw Damaged(_file, $"entry {i} of the zip directory is truncated");
            }

            var name = Encoding.UTF8.GetString(bytes.Slice(CentralHeaderLength, nameLength));
            var entry = ReadEntry(name, bytes[..CentralHeaderLength], bytes.Slice(CentralHeaderLength + nameLength, extraLength));
            if (!_entries.TryAdd(name, entry))
            {
                throw Damaged(_file, $"the zip directory names {name} twice");
            }

            if (!_headers.Add(entry.HeaderOffset))
            {
                throw Damaged(_file, $"the zip directory has {name} and another entry at byte {entry.HeaderOffset}");
            }

            bytes = bytes[length..];
        }
    }

    private ZipEntry ReadEntry(string name, ReadOnlySpan<byte> header, ReadOnlySpan<byte> extra)
    {
        ulong stored = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
        ulong original = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        ulong offset = BinaryPrimitives.ReadUInt32LittleEndian(header[42..]);
        var wide = Zip64Fields(extra);
        if (!Widen(ref original, ref wide) || !Widen(ref stored, ref wide) || !Widen(ref offset, ref wide)
            || stored > long.MaxValue || offset > long.MaxValue)
        {
            throw Damaged(_file, $"the zip directory's sizes of {name} are incomplete");
        }

        var method = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
        if (method == 0 && stored != original)
        {
            throw Damaged(_file, $"the zip entry {name} is not compressed, but has {stored} bytes instead of {original}");
        }

        return new ZipEntry(BinaryPrimitives.ReadUInt16LittleEndian(header[8..]), method, (long)stored, (long)offset);
    }

    // If all bits of a 32-bit field are set, the value is the next 64-bit field of the zip64 extra.
    private static bool Widen(ref ulong value, ref ReadOnlySpan<byte> wide)
    {
        if (value != uint.MaxValue)
        {
            return true;
        }

        if (!BinaryPrimitives.TryReadUInt64LittleEndian(wide, out value))
        {
            return false;
        }

        wide = wide[8..];
        return true;
    }

    private static ReadOnlySpan<byte> Zip64Fields(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1)
            {
                return extra.Slice(4, length);
            }

            extra = extra[(4 + length)..];
        }

        return default;
    }

    /// <summary>Represents one file of a zip archive, as the central directory describes it.</summary>
    /// <param name="Flags">The general purpose flags.</param>
    /// <param name="Method">The compression method; 0 means stored.</param>
    /// <param name="Length">The size in bytes as stored in the archive.</param>
    /// <param name="HeaderOffset">The position of the local header.</param>
    private sealed record ZipEntry(int Flags, int Method, long Length, long HeaderOffset);
}
