using System.Runtime.InteropServices;
using System.Text;

namespace RagConsole.Documents;

/// <summary>Represents a file that the reader process reads.</summary>
internal sealed record ReadRequest(string File, byte[] Content);

/// <summary>Writes and reads the messages between this program and its reader process. Both run on the same machine.</summary>
internal static class ReaderMessages
{
    public static void Write(Stream stream, ReadRequest request)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(request.File);
        writer.Write(request.Content.Length);
        writer.Write(request.Content);
    }

    /// <summary>Returns the next request, or null at the end of the stream.</summary>
    public static ReadRequest? ReadRequest(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            return new ReadRequest(reader.ReadString(), reader.ReadBytes(reader.ReadInt32()));
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    public static void Write(Stream stream, ReadResult result)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(result.Remark ?? "");
        writer.Write(result.Document is not null);
        if (result.Document is { } document)
        {
            writer.Write((int)document.Unit);
            WriteArray<char>(writer, document.Title);
            WriteArray<char>(writer, document.Text);
            WriteArray<SourceRun>(writer, [.. document.Sources ?? []]);
        }
    }

    /// <summary>Returns the next result.</summary>
    /// <exception cref="EndOfStreamException">The reader process ended.</exception>
    public static ReadResult ReadResult(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        var remark = reader.ReadString() is { Length: > 0 } text ? text : null;
        if (!reader.ReadBoolean())
        {
            return new ReadResult(null, remark);
        }

        var unit = (PlaceUnit)reader.ReadInt32();
        var (title, characters, sources) = (ReadArray<char>(reader), ReadArray<char>(reader), ReadArray<SourceRun>(reader));
        return new ReadResult(new Document(new string(characters), sources.Length > 0 ? sources : null, new string(title), unit), remark);
    }

    private static void WriteArray<T>(BinaryWriter writer, ReadOnlySpan<T> items)
        where T : struct
    {
        writer.Write(items.Length);
        writer.Write(MemoryMarshal.AsBytes(items));
    }

    private static T[] ReadArray<T>(BinaryReader reader)
        where T : struct
    {
        var items = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(items.AsSpan()));
        return items;
    }
}
