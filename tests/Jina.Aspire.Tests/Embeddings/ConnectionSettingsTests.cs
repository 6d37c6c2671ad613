using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jina.Aspire.Tests.Embeddings;

/// <summary>Tests how the settings of a client are read, without a server.</summary>
public sealed class ConnectionSettingsTests
{
    [Theory]
    [InlineData("Endpoint=http://localhost:5000;Model=a", "http://localhost:5000/v1", "a")]
    [InlineData("endpoint=https://host/base/;MODEL=\"odd; name\"", "https://host/base/v1", "odd; name")]
    [InlineData("Endpoint=http://localhost:5000/v1;Another=value", "http://localhost:5000/v1", "jina-embedding-s-en-v1")]
    [InlineData("http://localhost:5000", "http://localhost:5000/v1", "jina-embedding-s-en-v1")]
    public void A_connection_string_is_a_list_of_values_or_an_address(string connectionString, string address, string model)
    {
        var metadata = Create(("ConnectionStrings:embeddings", connectionString)).GetService<EmbeddingGeneratorMetadata>()!;

        Assert.Equal((new Uri(address), model), (metadata.ProviderUri!, metadata.DefaultModelId));
    }

    [Fact]
    public void The_section_is_used_without_a_connection_string()
    {
        var metadata = Create(
            ("Aspire:Jina:Embeddings:Endpoint", "http://localhost:5000"),
            ("Aspire:Jina:Embeddings:Model", "a"),
            ("Aspire:Jina:Embeddings:embeddings:Model", "b")).GetService<EmbeddingGeneratorMetadata>()!;

        Assert.Equal((new Uri("http://localhost:5000/v1"), "b"), (metadata.ProviderUri!, metadata.DefaultModelId));
    }

    [Fact]
    public void A_missing_connection_string_is_reported_with_the_next_step()
    {
        var message = Assert.Throws<InvalidOperationException>(() => Create()).Message;

        Assert.Equal(
            "The address of the embeddings server 'embeddings' is missing. Neither the connection string 'ConnectionStrings:embeddings' "
            + "nor 'Aspire:Jina:Embeddings:Endpoint' is set. Expected 'Endpoint=http://HOST:PORT;Key=KEY;Model=NAME', of which Key and "
            + "Model are optional, or an address. In the AppHost, add .WithReference(embeddings) to this project.",
            message);
    }

    [Theory]
    [InlineData("Endpoint=localhost;Key=a-long-secret", "The address of the embeddings server 'embeddings' is 'localhost'. ")]
    [InlineData("http://[bad", "The address of the embeddings server 'embeddings' is 'http://[bad'. ")]
    [InlineData("http//localhost", "The address of the embeddings server 'embeddings' is 'http//localhost'. ")]
    [InlineData("Endpoint=ftp://host;Key=a-long-secret", "The address of the embeddings server 'embeddings' is 'ftp://host'.")]
    [InlineData("a-long-secret", "The connection string 'ConnectionStrings:embeddings' has 13 characters and is not a list of names")]
    [InlineData("Key=a-long-secret", "The address of the embeddings server 'embeddings' is missing.")]
    public void A_connection_string_that_cannot_be_used_is_reported_without_its_key(string connectionString, string beginning)
    {
        var message = Assert.Throws<InvalidOperationException>(() => Create(("ConnectionStrings:embeddings", connectionString))).Message;

        Assert.StartsWith(beginning, message, StringComparison.Ordinal);
        Assert.DoesNotContain("a-long-secret", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Wrong_values_of_the_section_are_reported_with_their_key()
    {
        (string, string?) endpoint = ("Aspire:Jina:Embeddings:Endpoint", "http://localhost:5000");

        Assert.Contains(
            "Aspire:Jina:Embeddings:Dimensions",
            Assert.Throws<InvalidOperationException>(() => Create(endpoint, ("Aspire:Jina:Embeddings:Dimensions", "many"))).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "'Aspire:Jina:Embeddings:Dimensions' is 0. Expected",
            Assert.Throws<InvalidOperationException>(() => Create(endpoint, ("Aspire:Jina:Embeddings:Dimensions", "0"))).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "The model of the embeddings server 'embeddings' is empty.",
            Assert.Throws<InvalidOperationException>(() => Create(endpoint, ("Aspire:Jina:Embeddings:Model", ""))).Message,
            StringComparison.Ordinal);
        Assert.NotNull(Create(endpoint, ("Aspire:Jina:Embeddings:Key", "")));
    }

    [Fact]
    public void Wrong_arguments_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => ClientHost.Create().AddJinaEmbeddingsClient(" "));
        Assert.Throws<ArgumentException>(() => ClientHost.Create().AddKeyedJinaEmbeddingsClient(""));
        Assert.Throws<ArgumentNullException>(() => default(IHostApplicationBuilder)!.AddJinaEmbeddingsClient("embeddings"));
    }

    private static IEmbeddingGenerator<string, Embedding<float>> Create(params (string Key, string? Value)[] configuration)
    {
        var builder = ClientHost.Create(configuration);
        builder.AddJinaEmbeddingsClient("embeddings");
        return builder.Build().Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
    }
}
