using CsCheck;
using Jina.Extensions.AI.Tests.EmbeddingQuantization;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests.Similarity;

public sealed class EmbeddingSearchExtensionsTests
{
    /// <summary>A query and candidates of few dimensions and few values, so that equal scores and zero vectors are common.</summary>
    private static readonly Gen<(sbyte[] Query, sbyte[][] Candidates, int Top)> Searches = Gen.Int[1, 4].SelectMany(dimensions =>
        Gen.Select(
            Gen.SByte[-1, 1].Array[dimensions],
            Gen.SByte[-1, 1].Array[dimensions].Array[0, 40],
            Gen.Int[1, 50]));

    [Fact]
    public void Float_candidates_are_found_as_by_sorting_all_of_them() => Searches.Sample((query, candidates, top) =>
    {
        var embeddings = Array.ConvertAll(candidates, vector => Vectors.Float(Floats(vector)));
        var one = Vectors.Float(Floats(query));

        AssertFound(embeddings, embedding => one.CosineSimilarity(embedding), top, one.FindClosest(embeddings, top));
        Assert.Equal(
            one.FindClosest(embeddings, top),
            one.FindClosest(embeddings.Select((embedding, index) => (index, embedding)), top));
    });

    [Fact]
    public void Int8_candidates_are_found_as_by_sorting_all_of_them() => Searches.Sample((query, candidates, top) =>
    {
        var embeddings = Array.ConvertAll(candidates, vector => Vectors.Int8(vector));
        var one = Vectors.Int8(query);

        AssertFound(embeddings, embedding => one.CosineSimilarity(embedding), top, one.FindClosest(embeddings, top));
        Assert.Equal(
            one.FindClosest(embeddings, top),
            one.FindClosest(embeddings.Select((embedding, index) => (index, embedding)), top));
    });

    [Fact]
    public void Binary_candidates_are_found_as_by_sorting_all_of_them() => Searches.Sample((query, candidates, top) =>
    {
        var embeddings = Array.ConvertAll(candidates, vector => Vectors.Bits(Bits(vector)));
        var one = Vectors.Bits(Bits(query));

        AssertFound(embeddings, embedding => one.HammingSimilarity(embedding), top, one.FindClosest(embeddings, top));
        Assert.Equal(
            one.FindClosest(embeddings, top),
            one.FindClosest(embeddings.Select((embedding, index) => (index, embedding)), top));
    });

    [Fact]
    public async Task The_pairs_of_GenerateAndZip_are_candidates()
    {
        await using var generator = new JinaEmbeddingGenerator(new() { Model = DemoModel.Model });
        var token = TestContext.Current.CancellationToken;
        var query = await generator.GenerateAsync("how is the weather today", cancellationToken: token);
        var candidates = await generator.GenerateAndZipAsync(
            ["Wash the plates with a soft brush.", "What is the current weather like today?"], cancellationToken: token);

        var (text, score) = query.FindClosest(candidates, top: 1)[0];

        Assert.Equal("What is the current weather like today?", text);
        Assert.Equal(query.CosineSimilarity(candidates[1].Embedding), score);
    }

    [Fact]
    public void All_candidates_are_returned_if_top_is_larger() => Assert.Equal(
        [(1, 1f), (2, 0f), (0, -1f)],
        Query.FindClosest([Vectors.Float(-1, 0), Vectors.Float(2, 0), Vectors.Float(0, 3)], int.MaxValue));

    [Fact]
    public void Equal_scores_keep_the_order_of_the_candidates()
    {
        var candidates = "abcdefg".Select(name => (name, Vectors.Float("bdfg".Contains(name) ? 1 : -1, 0)));

        Assert.Equal(['b', 'd', 'f'], Query.FindClosest(candidates, 3).Select(result => result.Item));
    }

    [Fact]
    public void Candidates_without_a_cosine_come_last_with_a_score_of_NaN()
    {
        Embedding<float>[] candidates = [Vectors.Float(0, 0), Vectors.Float(-1, 0), Vectors.Float(float.NaN, 1), Vectors.Float(1, 0)];

        Assert.Equal([(3, 1f), (1, -1f), (0, float.NaN), (2, float.NaN)], Query.FindClosest(candidates, 4));
        Assert.Equal([(3, 1f), (1, -1f)], Query.FindClosest(candidates, 2));
        Assert.Equal([(0, float.NaN), (1, float.NaN)], Vectors.Float(0, 0).FindClosest(candidates, 2));
    }

    [Fact]
    public void Without_candidates_the_result_is_empty()
    {
        Assert.Empty(Query.FindClosest(Array.Empty<Embedding<float>>(), 3));
        Assert.Empty(Query.FindClosest(Array.Empty<(string, Embedding<float>)>(), 3));
    }

    [Fact]
    public void Candidates_are_enumerated_once_and_only_the_best_are_kept()
    {
        var enumerations = 0;
        IEnumerable<(WeakReference Item, Embedding<float> Embedding)> Candidates()
        {
            enumerations++;
            for (var i = 0; i < 100_000; i++)
            {
                yield return (new WeakReference(null), Vectors.Float(i % 1000, 1000 - (i % 1000)));
            }
        }

        var found = Query.FindClosest(Candidates(), 5);

        Assert.Equal((1, 5), (enumerations, found.Count));
        Assert.All(found, result => Assert.Equal(Query.CosineSimilarity(Vectors.Float(999, 1)), result.Score));
    }

    [Fact]
    public void A_candidate_of_another_dimension_is_rejected_and_named()
    {
        const string Message =
            "Item 1 is an embedding of 3 dimensions; expected an embedding of 2 dimensions. "
            + "Compare embeddings of the same model. (Parameter 'candidates')";

        Assert.Equal(
            Message,
            Assert.Throws<ArgumentException>(() => Query.FindClosest([Vectors.Float(1, 2), Vectors.Float(1, 2, 3)], 1)).Message);
        Assert.Equal(
            Message,
            Assert.Throws<ArgumentException>(() => Vectors.Int8(1, 2).FindClosest([Vectors.Int8(1, 2), Vectors.Int8(1, 2, 3)], 1)).Message);
        Assert.Equal(
            Message,
            Assert.Throws<ArgumentException>(
                () => Vectors.Bits(true, true).FindClosest([Vectors.Bits(true, true), Vectors.Bits(true, true, true)], 1)).Message);
        Assert.StartsWith(
            "Item 0 is null; expected an embedding of 2 dimensions.",
            Assert.Throws<ArgumentException>("candidates", () => Query.FindClosest(new Embedding<float>[] { null! }, 1)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("candidates", () => Vectors.Float().FindClosest([Vectors.Float()], 1));
    }

    [Fact]
    public void Other_arguments_are_validated()
    {
        Assert.Throws<ArgumentNullException>("query", () => ((Embedding<float>)null!).FindClosest([Query], 1));
        Assert.Throws<ArgumentNullException>("candidates", () => Query.FindClosest((IEnumerable<Embedding<float>>)null!, 1));
        Assert.Throws<ArgumentNullException>("candidates", () => Query.FindClosest((IEnumerable<(int, Embedding<float>)>)null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>("top", () => Query.FindClosest([Query], 0));
    }

    private static Embedding<float> Query => Vectors.Float(1, 0);

    private static float[] Floats(sbyte[] vector) => Array.ConvertAll(vector, x => (float)x);

    private static bool[] Bits(sbyte[] vector) => Array.ConvertAll(vector, x => x > 0);

    /// <summary>Asserts that results equal those of a stable sort of all candidates, in which NaN is the lowest score.</summary>
    private static void AssertFound<TEmbedding>(
        TEmbedding[] candidates, Func<TEmbedding, float> score, int top, IReadOnlyList<(int Index, float Score)> actual) => Assert.Equal(
        candidates.Select((candidate, index) => (Index: index, Score: score(candidate))).OrderByDescending(pair => pair.Score).Take(top),
        actual);
}
