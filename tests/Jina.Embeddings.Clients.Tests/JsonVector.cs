using System.Runtime.InteropServices;
using System.Text.Json;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Reads vectors in JSON.</summary>
internal static class JsonVector
{
    /// <summary>Reads a list of numbers, or the base64 of little-endian floats of 4 bytes.</summary>
    public static ReadOnlyMemory<float> Read(JsonElement vector) => vector.ValueKind == JsonValueKind.String
        ? MemoryMarshal.Cast<byte, float>(vector.GetBytesFromBase64().AsSpan()).ToArray()
        : vector.EnumerateArray().Select(number => number.GetSingle()).ToArray();
}
