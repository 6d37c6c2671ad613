using System.IO.Compression;
using System.IO.Pipelines;
using Jina.Embeddings.AspNetCore.Requests;

namespace Jina.Embeddings.AspNetCore.Tests.Requests;

public sealed class RequestBodyTests
{
    private const int Bytes = 8 * 1024 * 1024;

    /// <summary>The framework decompresses a body, but keeps the Content-Length of the compressed one.</summary>
    [Fact]
    public async Task A_body_that_is_larger_than_announced_is_copied_a_few_times_only()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(new byte[Bytes]);
        }

        compressed.Position = 0;
        var decompressed = new GZipStream(compressed, CompressionMode.Decompress, leaveOpen: true);

        var sizes = await ReadAsync(
            PipeReader.Create(decompressed, new StreamPipeReaderOptions(bufferSize: 16 * 1024)), announced: compressed.Length);

        Assert.InRange(sizes.Count, 1, 16);
        Assert.InRange(sizes[^1], Bytes, 2 * Bytes);
    }

    [Fact]
    public async Task A_body_of_the_announced_length_gets_a_buffer_of_that_length()
    {
        var sizes = await ReadAsync(PipeReader.Create(new MemoryStream(new byte[Bytes])), announced: Bytes);

        Assert.InRange(sizes.Count, 1, 8);
        Assert.Equal(Bytes, sizes[^1]);
    }

    /// <summary>Reads a body and returns the sizes of all its buffers.</summary>
    private static async Task<List<int>> ReadAsync(PipeReader reader, long announced)
    {
        using var body = new RequestBody(2 * Bytes, announced, static _ => { });
        var sizes = new List<int>();
        bool more;
        do
        {
            more = await body.ReadPieceAsync(reader, TestContext.Current.CancellationToken);
            if (sizes.Count == 0 || sizes[^1] != body.BufferSize)
            {
                sizes.Add(body.BufferSize);
            }
        }
        while (more);
        Assert.Equal((Bytes, true), (body.Bytes.Length, body.IsComplete));
        return sizes;
    }
}
