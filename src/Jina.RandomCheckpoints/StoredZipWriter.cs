using System.IO.Hashing;
using System.Text;

namespace Jina.RandomCheckpoints;

/// <summary>
/// Writes a zip archive of stored entries whose data begins at multiples of 64 bytes, as torch does: the local
/// headers are padded with an extra field.
/// </summary>
public sealed class StoredZipWriter : IDisposable
{
    private const int Alignment = 64;
    private const int LocalHeaderLength = 30;
    private const ushort PaddingField = 0x4246;
    private const ushort Zip64Field = 1;

    private readonly BinaryWriter _out;
    private readonly List<Action> _central = [];

    /// <summary>Initializes a writer that starts at the position of the stream.</summary>
    public StoredZipWriter(Stream seekable) => _out = new BinaryWriter(seekable, Encoding.UTF8, leaveOpen: true);

    /// <summary>Gets whether sizes and offsets are written as 64-bit fields.</summary>
    public bool Zip64 { get; init; }

    /// <summary>Adds an entry.</summary>
    public void Add(string name, byte[] content) => Add(name, content.Length, [content]);

    /// <summary>Adds an entry. For tests, its header may declare a wrong method or wrong flags.</summary>
    public void Add(string name, long length, IEnumerable<ReadOnlyMemory<byte>> chunks, ushort method = 0, ushort flags = 0)
    {
        var header = _out.BaseStream.Position;
        var nameBytes = Encoding.UTF8.GetBytes(name);
        var used = header + LocalHeaderLength + nameBytes.Length + 4 + (Zip64 ? 20 : 0);
        var padding = (int)((Alignment - (used % Alignment)) % Alignment);
        _out.Write(0x04034b50u);
        WriteCommon(0, length, method, flags);
        _out.Write((ushort)nameBytes.Length);
        _out.Write((ushort)(4 + padding + (Zip64 ? 20 : 0)));
        _out.Write(nameBytes);
        if (Zip64)
        {
            WriteFields(Zip64Field, length, length);
        }

        _out.Write(PaddingField);
        _out.Write((ushort)padding);
        _out.Write(new byte[padding]);

        var hash = new Crc32();
        foreach (var chunk in chunks)
        {
            hash.Append(chunk.Span);
            _out.Write(chunk.Span);
        }

        var crc = hash.GetCurrentHashAsUInt32();

        var end = _out.BaseStream.Position;
        _out.BaseStream.Position = header + 14;
        _out.Write(crc);
        _out.BaseStream.Position = end;
        _central.Add(() => WriteCentral(nameBytes, crc, length, method, flags, header));
    }

    /// <summary>Writes the central directory and the end records.</summary>
    public void Dispose()
    {
        var start = _out.BaseStream.Position;
        _central.ForEach(write => write());
        var end = _out.BaseStream.Position;
        if (Zip64)
        {
            WriteZip64End(start, end);
        }

        _out.Write(0x06054b50u);
        _out.Write(0u);
        _out.Write(Zip64 ? ushort.MaxValue : (ushort)_central.Count);
        _out.Write(Zip64 ? ushort.MaxValue : (ushort)_central.Count);
        _out.Write(Zip64 ? uint.MaxValue : (uint)(end - start));
        _out.Write(Zip64 ? uint.MaxValue : checked((uint)start));
        _out.Write((ushort)0);
        _out.Dispose();
    }

    private void WriteZip64End(long start, long end)
    {
        _out.Write(0x06064b50u);
        _out.Write(44L);
        _out.Write((ushort)45);
        _out.Write((ushort)45);
        _out.Write(0L);
        _out.Write((long)_central.Count);
        _out.Write((long)_central.Count);
        _out.Write(end - start);
        _out.Write(start);
        _out.Write(0x07064b50u);
        _out.Write(0u);
        _out.Write(end);
        _out.Write(1u);
    }

    private void WriteCentral(byte[] name, uint crc, long length, ushort method, ushort flags, long header)
    {
        _out.Write(0x02014b50u);
        _out.Write((ushort)45);
        WriteCommon(crc, length, method, flags);
        _out.Write((ushort)name.Length);
        _out.Write((ushort)(Zip64 ? 28 : 0));
        _out.Write(0L);
        _out.Write((ushort)0);
        _out.Write(Zip64 ? uint.MaxValue : checked((uint)header));
        _out.Write(name);
        if (Zip64)
        {
            WriteFields(Zip64Field, length, length, header);
        }
    }

    private void WriteCommon(uint crc, long length, ushort method, ushort flags)
    {
        _out.Write((ushort)45);
        _out.Write(flags);
        _out.Write(method);
        _out.Write(0u);
        _out.Write(crc);
        _out.Write(Zip64 ? uint.MaxValue : checked((uint)length));
        _out.Write(Zip64 ? uint.MaxValue : checked((uint)length));
    }

    private void WriteFields(ushort id, params ReadOnlySpan<long> values)
    {
        _out.Write(id);
        _out.Write((ushort)(8 * values.Length));
        foreach (var value in values)
        {
            _out.Write(value);
        }
    }
}
