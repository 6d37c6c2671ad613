using CsCheck;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Chunking;

/// <summary>Tests properties that hold for every text, down to the smallest chunk size.</summary>
public sealed class AnyTextTests
{
    /// <summary>Any UTF-16 text, including lone surrogates and characters that become several when they are normalized.</summary>
    private static readonly Gen<string> Text = Gen
        .OneOf(
            Gen.String[0, 40],
            Texts.Any,
            Gen.OneOf("\ufdfa", "\u33ab", "\ufdfb\ufdfb\ufdfb", "\ud83d", "\u200b\u0000", "I\u0307", "\u0149A")
                .Array[0, 60].Select(string.Concat))
        .Array[0, 4]
        .Select(string.Concat);

    private static readonly Gen<(string Text, int Max, int Overlap)> Cases =
        Gen.Int[TokenChunker.MinimumMaxTokens, 600].SelectMany(max => Gen.Select(Text, Gen.Const(max), Gen.Int[0, max / 4]));

    [Fact]
    public void With_the_demo_models_vocabulary_chunks_fit_and_cover_the_text() =>
        Check(RepositoryFiles.Path("models", "demo-en", "spiece.model"));

    [Fact]
    public void With_the_published_models_vocabulary_chunks_fit_and_cover_the_text() =>
        Check(SharedData.RequirePath("t5", "spiece.model"));

    private static void Check(string spieceModel)
    {
        var tokenizer = T5Tokenizer.Create(spieceModel);
        Cases.Sample((text, max, overlap) =>
        {
            var chunks = new TokenChunker(tokenizer, max, overlap).Split(text);

            Assert.All(chunks, chunk => Assert.True(tokenizer.CountTokens(text[chunk.Range]) <= Math.Min(max, tokenizer.MaxTokens)));
            Assert.All(chunks, chunk => Assert.False(tokenizer.Encode(text[chunk.Range]).Truncated));
            Assert.Empty(Uncovered(text, chunks));
        });
    }

    /// <summary>Returns the characters other than white space that are not in any chunk.</summary>
    private static IEnumerable<char> Uncovered(string text, IReadOnlyList<TextChunk> chunks)
    {
        var covered = new bool[text.Length];
        foreach (var chunk in chunks)
        {
            covered.AsSpan()[chunk.Range].Fill(true);
        }

        return text.Where((character, i) => !covered[i] && !char.IsWhiteSpace(character));
    }
}
