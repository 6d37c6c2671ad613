using CsCheck;
using Jina.Extensions.AI.Tokenization;

namespace Jina.Extensions.AI.Tests.Tokenization;

/// <summary>Tests the windows and spans of late chunking.</summary>
public sealed class DocumentTokenizerTests
{
    private static readonly T5Tokenizer Tokenizer = UnigramFixture.Tokenizer;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_short_document_is_one_window_with_one_end_token()
    {
        string[] chunks = ["The rain gauge.", "It is empty", "now!"];

        var window = Assert.Single(Windows(chunks, maxTokens: 100));

        Assert.Equal(chunks.SelectMany(Own).Append(Tokenizer.EndOfSequenceId), window.Ids);
        int[] ends = [Own(chunks[0]).Length, Own(chunks[0]).Length + Own(chunks[1]).Length, window.Ids.Count - 1];
        ChunkSpan[] spans = [new(0, 0, ends[0]), new(1, ends[0], ends[1]), new(2, ends[1], ends[2])];
        Assert.Equal(spans, window.Spans!);
        Assert.False(window.Truncated);
    }

    [Fact]
    public void Each_token_belongs_to_one_window_and_windows_overlap() =>
        Gen.Select(Gen.Int[1, 12].List[1, 40], Gen.Int[2, 200]).Sample((words, maxTokens) =>
        {
            string[] chunks = [.. words.Select((count, i) => string.Join(' ', Enumerable.Range(0, count).Select(word => $"w{i * word}")))];
            int[][] own = [.. chunks.Select(Own)];
            var windows = Windows(chunks, maxTokens);

            var found = new List<int>[chunks.Length];
            foreach (var window in windows)
            {
                Assert.InRange(window.Ids.Count, 2, maxTokens);
                Assert.Equal(Tokenizer.EndOfSequenceId, window.Ids[^1]);
                Assert.NotEmpty(window.Spans!);
                foreach (var span in window.Spans!)
                {
                    (found[span.Chunk] ??= []).AddRange(window.Ids.Take(span.End).Skip(span.Start));
                }
            }

            Assert.Equal(own, found.Select(ids => ids.ToArray()));
            var overlap = Math.Min(DocumentTokenizer.MaxOverlap, (maxTokens - 1) / 2);
            for (var i = 1; i < windows.Count; i++)
            {
                Assert.Equal(overlap, windows[i].Spans![0].Start);
                Assert.Equal(windows[i - 1].Ids.SkipLast(1).TakeLast(overlap), windows[i].Ids.Take(overlap));
                Assert.Equal(maxTokens, windows[i - 1].Ids.Count);
            }
        });

    [Fact]
    public void The_ids_are_those_of_the_chunks_joined_by_one_space()
    {
        string[] chunks = ["  Spaces\tand\n", "café ½ …", "漢字", "漢", "<extra_id_3>", "</s", "> end", "\u0301x", "ﬁne"];

        var window = Assert.Single(Windows(chunks, maxTokens: 1000));

        Assert.Equal(Tokenizer.Encode(string.Join(' ', chunks), 1000).Ids, window.Ids);
    }

    [Fact]
    public void A_chunk_without_tokens_is_rejected_and_its_index_named()
    {
        foreach (var empty in new[] { "", " ", "\t\n", "\u0001" })
        {
            var error = Assert.Throws<ArgumentException>("chunks", () => Windows(["a", empty], maxTokens: 16));

            Assert.StartsWith("Chunk 1 has no tokens", error.Message, StringComparison.Ordinal);
        }

        var missing = Assert.Throws<ArgumentNullException>("chunks", () => Windows(["a", null!], maxTokens: 16));
        Assert.StartsWith("Chunk 1 is null", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_chunks_have_no_windows() => Assert.Empty(Windows([], maxTokens: 16));

    [Fact]
    public void Chunks_are_read_when_the_first_window_is_and_not_after_a_cancellation()
    {
        using var source = new CancellationTokenSource();
        var read = 0;
        var windows = new DocumentTokenizer(Tokenizer, maxTokens: 16).Tokenize(Chunks(), source.Token);
        Assert.Equal(0, read);

        Assert.Throws<OperationCanceledException>(() => windows.Count());

        Assert.Equal(2, read);

        IEnumerable<string> Chunks()
        {
            for (; read < 10; read++)
            {
                if (read == 2)
                {
                    source.Cancel();
                }

                yield return "chunk";
            }
        }
    }

    private static List<T5Encoding> Windows(IEnumerable<string> chunks, int maxTokens) =>
        [.. new DocumentTokenizer(Tokenizer, maxTokens).Tokenize(chunks, Token)];

    private static int[] Own(string chunk) => [.. Tokenizer.Encode(chunk, int.MaxValue).Ids.SkipLast(1)];
}
