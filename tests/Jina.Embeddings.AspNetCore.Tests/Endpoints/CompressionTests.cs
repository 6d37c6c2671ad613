using System.IO.Compression;
using System.Net;
using System.Text;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.Embeddings.AspNetCore.Tests.Endpoints;

/// <summary>Compressed bodies, which the request decompression of ASP.NET Core reads.</summary>
public sealed class CompressionTests
{
    private const string Body = """{"input": "x"}""";

    [Theory]
    [InlineData("identity", HttpStatusCode.OK)]
    [InlineData("Identity", HttpStatusCode.OK)]
    [InlineData("gzip", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("identity, gzip", HttpStatusCode.UnsupportedMediaType)]
    public async Task Without_decompression_only_an_uncompressed_body_is_accepted(string encoding, HttpStatusCode status)
    {
        await using var server = await TestServer.StartAsync();

        var answer = await server.PostAsync(Body, "Content-Encoding", encoding);

        Assert.Equal(status, answer.Status);
        if (status != HttpStatusCode.OK)
        {
            Assert.Equal("unsupported_media_type", answer.OpenAI(status).Text("code"));
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task With_decompression_a_compressed_body_is_read(string encoding)
    {
        await using var server = await StartAsync();

        var answer = await server.PostAsync(Compress(Body, encoding), "Content-Encoding", encoding);

        Vectors.Equal(await Vectors.EmbedAsync(["x"]), answer.Floats());
    }

    [Fact]
    public async Task An_unknown_compression_is_rejected_by_its_header()
    {
        await using var server = await StartAsync();

        (await server.PostAsync(Body, "Content-Encoding", "zstd")).OpenAI(HttpStatusCode.UnsupportedMediaType);
    }

    /// <summary>The limits of the web server and of the framework do not apply to a body that was decompressed.</summary>
    [Fact]
    public async Task The_limit_applies_to_the_decompressed_body()
    {
        await using var server = await StartAsync(limit: 1000);
        var fits = $"{{\"input\": \"{new string('x', 987)}\"}}";

        var accepted = await server.PostAsync(Compress(fits, "gzip"), "Content-Encoding", "gzip");
        var rejected = await server.PostAsync(Compress(fits + " ", "gzip"), "Content-Encoding", "gzip");
        var bomb = await server.PostAsync(
            Compress($"{{\"truncate\": true, {new string(' ', 100_000_000)}", "gzip"), "Content-Encoding", "gzip");

        Assert.Equal((1000, HttpStatusCode.OK), (fits.Length, accepted.Status));
        Assert.Equal(
            "The body has more than 1000 bytes. Send fewer inputs per request.",
            rejected.OpenAI(HttpStatusCode.RequestEntityTooLarge).Text("message"));
        Assert.Equal("INPUT_TOO_LARGE", bomb.Jina(HttpStatusCode.RequestEntityTooLarge).Text("code"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_body_that_is_not_compressed_as_declared_is_rejected(string encoding)
    {
        await using var server = await StartAsync();
        var compressed = Compress(Body, encoding);

        var plain = await server.PostAsync(Body, "Content-Encoding", encoding);
        var half = await server.PostAsync(compressed[..(compressed.Length / 2)], "Content-Encoding", encoding);

        plain.OpenAI(HttpStatusCode.BadRequest);
        half.OpenAI(HttpStatusCode.BadRequest);
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync(Body)).Status);
    }

    private static Task<TestServer> StartAsync(int? limit = null) => TestServer.StartAsync(
        options => options.MaxBodyBytes = limit ?? options.MaxBodyBytes,
        web =>
        {
            web.Services.AddRequestDecompression();
            web.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 100);
        },
        app =>
        {
            app.UseRequestDecompression();
            app.MapJinaEmbeddings();
        });

    private static byte[] Compress(string text, string encoding)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(compressed, CompressionLevel.Optimal),
            "br" => new BrotliStream(compressed, CompressionLevel.Optimal),
            _ => new ZLibStream(compressed, CompressionLevel.Optimal),
        })
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }
}
