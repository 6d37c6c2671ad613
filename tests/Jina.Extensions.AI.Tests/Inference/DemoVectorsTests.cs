using System.Text.Json;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Loading;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Inference;

/// <summary>Compares the demo model with vectors that tools/encoder-oracle computed in double precision.</summary>
public sealed class DemoVectorsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public sealed record Golden(string? Text, int[] Ids, double[] Embedding);

    [Fact]
    public void Token_ids_give_the_reference_vectors()
    {
        using var session = EncoderSession.Open(new ModelDirectory(DemoModel.Folder).EnsureGraph(DemoModel.Folder).Path);

        Assert.All(Read(), golden =>
            Tolerance.Reference.AssertEqual(golden.Embedding, session.Run([new T5Encoding([.. golden.Ids], false)], Token)[0]));
    }

    [Fact]
    public async Task Texts_give_the_reference_ids_and_vectors()
    {
        var texts = Read().Where(golden => golden.Text is not null).ToArray();
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(
            new JinaEmbeddingOptions { Model = DemoModel.Model, Normalize = false }, cancellationToken: Token);
        var tokenizer = await generator.GetTokenizerAsync(Token);

        var vectors = await generator.EncodeAsync(texts.Select(golden => golden.Text!), Token);

        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(texts[i].Ids, tokenizer.EncodeToIds(texts[i].Text!));
            Tolerance.Reference.AssertEqual(texts[i].Embedding, vectors[i].Span);
        }
    }

    private static Golden[] Read() => JsonSerializer.Deserialize<Golden[]>(
        File.ReadAllBytes(RepositoryFiles.Path("tests", "Jina.Extensions.AI.Tests", "Inference", "Fixtures", "demo-en-vectors.json")),
        JsonSerializerOptions.Web)!;
}
