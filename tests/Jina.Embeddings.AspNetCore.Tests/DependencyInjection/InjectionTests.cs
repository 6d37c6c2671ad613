using Jina.Embeddings.AspNetCore.Tests.Support;
using Jina.Extensions.AI;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.Tokenizers;

namespace Jina.Embeddings.AspNetCore.Tests.DependencyInjection;

/// <summary>The services of a registered model as parameters of request handlers. Other types are read from the body.</summary>
public sealed class InjectionTests
{
    [Theory]
    [InlineData("/services")]
    [InlineData("/keyed")]
    public async Task Handlers_of_minimal_APIs_take_generator_tokenizer_and_chunker_as_parameters(string path)
    {
        await using var server = await TestServer.StartAsync(
            builder: web =>
            {
                web.Services.AddJinaEmbeddings(DemoModel.Model);
                web.Services.AddKeyedJinaEmbeddings("demo", DemoModel.Model);
            },
            map: app =>
            {
                app.MapGet("/services", AnswerAsync);
                app.MapGet("/keyed", AnswerKeyedAsync);
            });

        Assert.Equal("demo-en 2 2 1", (await server.GetAsync(path)).Text);
    }

    [Fact]
    public async Task The_container_knows_the_services()
    {
        await using var server = await TestServer.StartAsync(builder: web =>
        {
            web.Services.AddJinaEmbeddings(DemoModel.Model);
            web.Services.AddKeyedJinaEmbeddings("demo", DemoModel.Model);
        });
        var known = server.Services.GetRequiredService<IServiceProviderIsKeyedService>();

        Assert.All([typeof(JinaEmbeddingGenerator), typeof(T5Tokenizer), typeof(Tokenizer), typeof(TokenChunker)], type =>
        {
            Assert.True(known.IsService(type));
            Assert.True(known.IsKeyedService(type, "demo"));
            Assert.False(known.IsKeyedService(type, "other"));
        });
    }

    private static async Task<string> AnswerAsync(
        JinaEmbeddingGenerator generator, T5Tokenizer t5, Tokenizer tokenizer, TokenChunker chunker, CancellationToken cancellationToken)
    {
        await generator.WarmUpAsync(cancellationToken);
        return $"{generator.Model.Name} {t5.CountTokens("a")} {tokenizer.CountTokens("a")} {chunker.Split("a").Count}";
    }

    private static Task<string> AnswerKeyedAsync(
        [FromKeyedServices("demo")] JinaEmbeddingGenerator generator,
        [FromKeyedServices("demo")] T5Tokenizer t5,
        [FromKeyedServices("demo")] Tokenizer tokenizer,
        [FromKeyedServices("demo")] TokenChunker chunker,
        CancellationToken cancellationToken) => AnswerAsync(generator, t5, tokenizer, chunker, cancellationToken);
}
