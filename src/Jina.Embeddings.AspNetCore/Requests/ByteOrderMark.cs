using System.Text;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Skips the mark at the beginning of a body that some editors and libraries write. JSON readers reject it.</summary>
internal static class ByteOrderMark
{
    /// <summary>Returns a body without its mark.</summary>
    public static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> body) =>
        body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
}
