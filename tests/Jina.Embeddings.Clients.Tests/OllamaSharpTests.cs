using Microsoft.Extensions.AI;
using OllamaSharp;
using OllamaSharp.Models;
using OllamaSharp.Models.Exceptions;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Runs OllamaSharp. Only the address differs from Ollama.</summary>
public sealed class OllamaSharpTests(ServerFixture server, ThousandTexts texts)
    : IClassFixture<ServerFixture>, IClassFixture<ThousandTexts>, IDisposable
{
    private readonly OllamaApiClient _client = new(new Uri(server.Address), ServerFixture.Model);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_generator_gets_the_same_vectors_as_this_process()
    {
        IEmbeddingGenerator<string, Embedding<float>> generator = _client;

        var result = await generator.GenerateAsync(texts.Hundred, cancellationToken: Token);

        texts.AssertSameHundred(result.Select(embedding => embedding.Vector));
        Assert.InRange(result.Usage!.InputTokenCount!.Value, texts.Hundred.Length, texts.Tokens);
    }

    [Fact]
    public async Task The_server_counts_as_running_and_has_a_version()
    {
        Assert.True(await _client.IsRunningAsync(Token));
        Assert.NotEmpty(await _client.GetVersionAsync(Token));
    }

    [Fact]
    public async Task The_model_is_listed_and_described()
    {
        var model = Assert.Single(await _client.ListLocalModelsAsync(Token));
        var running = Assert.Single(await _client.ListRunningModelsAsync(Token));
        var shown = await _client.ShowModelAsync(model.Name, Token);

        Assert.Equal(ServerFixture.Model, model.Name.Split(':')[0]);
        Assert.Equal(model.Name, running.Name);
        Assert.Contains("embedding", shown.Capabilities!);
        Assert.NotEmpty(shown.Info.Architecture!);
    }

    [Fact]
    public async Task A_long_text_is_rejected_if_truncation_is_forbidden()
    {
        var request = new EmbedRequest { Input = [texts.All[^1]], Truncate = false };

        var error = await Assert.ThrowsAnyAsync<OllamaException>(() => _client.EmbedAsync(request, Token));

        Assert.NotEmpty(error.Message);
    }

    public void Dispose() => _client.Dispose();
}
