using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Responses;
using Microsoft.ML.Tokenizers;

namespace Jina.Embeddings.AspNetCore.Tests.Responses;

public sealed class TokenWriterTests
{
    /// <summary>The memory of a response that <c>MemoryNeeds</c> counts.</summary>
    private const int ResponseBuffer = 128 * 1024;

    [Theory]
    [InlineData("a")]
    [InlineData("漢")]
    [InlineData("x👋🏽")]
    [InlineData("\u0001")]
    [InlineData("\"")]
    public async Task A_token_of_any_length_is_written_in_small_pieces(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length));
        var output = new MeasuredPipe();

        await TokenWriter.WriteAsync(
            output,
            [text],
            [[new EncodedToken(2, "<unk>", ..text.Length), new EncodedToken(1, "</s>", text.Length..text.Length)]],
            withEndToken: true,
            TestContext.Current.CancellationToken);

        Assert.InRange(output.LargestPiece, 1, ResponseBuffer);
        using var json = JsonDocument.Parse(output.Written);
        var token = json.RootElement[0][0];
        Assert.Equal(text, token.GetProperty("text").GetString());
        Assert.Equal(Encoding.UTF8.GetByteCount(text), token.GetProperty("stop").GetInt32());
        Assert.Equal(2, json.RootElement[0].GetArrayLength());
    }

    [Fact]
    public async Task Characters_outside_ASCII_are_not_escaped()
    {
        var output = new MeasuredPipe();

        await TokenWriter.WriteAsync(
            output,
            ["日本"],
            [[new EncodedToken(2, "<unk>", ..2), new EncodedToken(1, "</s>", 2..2)]],
            withEndToken: false,
            TestContext.Current.CancellationToken);

        Assert.Equal("""[[{"id":2,"text":"日本","special":false,"start":0,"stop":6}]]""", Encoding.UTF8.GetString(output.Written.Span));
    }

    /// <summary>Collects what is written, and measures the largest buffer and the most bytes between two flushes.</summary>
    private sealed class MeasuredPipe : PipeWriter
    {
        private readonly ArrayBufferWriter<byte> _written = new();
        private int _sent;

        public ReadOnlyMemory<byte> Written => _written.WrittenMemory;

        public int LargestPiece { get; private set; }

        public override void Advance(int bytes)
        {
            _written.Advance(bytes);
            LargestPiece = Math.Max(LargestPiece, _written.WrittenCount - _sent);
        }

        public override Memory<byte> GetMemory(int sizeHint = 0)
        {
            LargestPiece = Math.Max(LargestPiece, sizeHint);
            return _written.GetMemory(sizeHint);
        }

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            _sent = _written.WrittenCount;
            return ValueTask.FromResult(default(FlushResult));
        }

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }
    }
}
