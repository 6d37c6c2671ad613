using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests.EmbeddingQuantization;

/// <summary>Quantized embeddings of real texts by a real model.</summary>
public sealed class QuantizedDemoTests : IAsyncDisposable
{
    private static readonly string[] Passages =
    [
        "The station measures wind speed, air pressure and rain.",
        "Wash the plates of the radiation shield with lukewarm water and a soft brush.",
        "The battery lasts three years; replace it when the display shows a flashing symbol.",
        "What is the current weather like today?",
        "Mount the sensor on a mast, two metres above short grass and away from walls.",
        "Data are sent by radio every ten minutes and kept for a year.",
    ];

    private static readonly (string Query, int Best)[] Questions =
    [
        ("measuring wind speed and air pressure", 0),
        ("washing the radiation shield's plates", 1),
        ("when to replace the battery", 2),
        ("how is the weather today", 3),
        ("a mast for the sensor above the grass", 4),
        ("how often radio data are sent", 5),
    ];

    private readonly JinaEmbeddingGenerator _floats = new(new() { Model = DemoModel.Model });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Similar_texts_stay_similar()
    {
        var queries = Questions.Select(question => question.Query).ToArray();
        var (int8, binary) = (_floats.AsInt8Embeddings(), _floats.AsBinaryEmbeddings());
        var floatQueries = await _floats.GenerateAsync(queries, cancellationToken: Token);
        var floatPassages = await _floats.GenerateAsync(Passages, cancellationToken: Token);
        var int8Queries = await int8.GenerateAsync(queries, cancellationToken: Token);
        var int8Passages = await int8.GenerateAsync(Passages, cancellationToken: Token);
        var bitQueries = await binary.GenerateAsync(queries, cancellationToken: Token);
        var bitPassages = await binary.GenerateAsync(Passages, cancellationToken: Token);

        for (var i = 0; i < Questions.Length; i++)
        {
            var byFloat = Ranking(floatPassages, passage => passage.CosineSimilarity(floatQueries[i]));

            Assert.Equal(Questions[i].Best, byFloat[0]);
            Assert.Equal(byFloat, Ranking(int8Passages, passage => passage.CosineSimilarity(int8Queries[i])));
            Assert.Equal(byFloat[0], Ranking(bitPassages, passage => passage.HammingSimilarity(bitQueries[i]))[0]);
        }
    }

    [Fact]
    public async Task Each_vector_is_the_quantized_float_vector_in_the_order_of_the_texts()
    {
        var floats = await _floats.GenerateAsync(DemoModel.Texts, cancellationToken: Token);
        var int8 = await _floats.AsInt8Embeddings().GenerateAsync(DemoModel.Texts, cancellationToken: Token);
        var binary = await _floats.AsBinaryEmbeddings().GenerateAsync(DemoModel.Texts, cancellationToken: Token);

        Assert.Equal(floats.Select(e => e.ToInt8Embedding().Vector.ToArray()), int8.Select(e => e.Vector.ToArray()));
        Assert.Equal(floats.Select(e => e.ToBinaryEmbedding().Vector.Cast<bool>()), binary.Select(e => e.Vector.Cast<bool>()));
        Assert.All(int8, e => Assert.Equal(DemoModel.Dimensions, e.Dimensions));
        Assert.All(binary, e => Assert.Equal(DemoModel.Dimensions, e.Dimensions));
    }

    [Fact]
    public async Task Usage_and_metadata_are_kept()
    {
        var floats = await _floats.GenerateAsync(DemoModel.Texts, cancellationToken: Token);
        var int8 = await _floats.AsInt8Embeddings().GenerateAsync(DemoModel.Texts, cancellationToken: Token);
        var binary = await _floats.AsBinaryEmbeddings().GenerateAsync(DemoModel.Texts, cancellationToken: Token);

        Assert.All([int8.Usage, binary.Usage], usage => Assert.Equal(
            (floats.Usage!.InputTokenCount, floats.Usage.TotalTokenCount), (usage!.InputTokenCount, usage.TotalTokenCount)));
        Assert.All([int8.AdditionalProperties, binary.AdditionalProperties], properties =>
            Assert.Equal(0, properties![JinaEmbeddingGenerator.TruncatedInputsKey]));
        Assert.All([.. int8, .. binary], (Embedding embedding) =>
        {
            Assert.Equal(_floats.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId, embedding.ModelId);
            Assert.NotNull(embedding.CreatedAt);
        });
    }

    [Fact]
    public async Task An_empty_list_of_texts_returns_an_empty_list_of_vectors()
    {
        Assert.Empty(await _floats.AsInt8Embeddings().GenerateAsync([], cancellationToken: Token));
        Assert.Empty(await _floats.AsBinaryEmbeddings().GenerateAsync([], cancellationToken: Token));
    }

    public ValueTask DisposeAsync() => _floats.DisposeAsync();

    /// <summary>The positions of the passages, the most similar one first.</summary>
    private static int[] Ranking<TEmbedding>(IList<TEmbedding> passages, Func<TEmbedding, float> similarity) =>
        [.. Enumerable.Range(0, passages.Count).OrderByDescending(i => similarity(passages[i]))];
}
