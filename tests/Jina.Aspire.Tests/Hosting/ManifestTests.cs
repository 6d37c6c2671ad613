using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Jina.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jina.Aspire.Tests.Hosting;

/// <summary>Tests the manifest that Aspire writes for a deployment.</summary>
public sealed class ManifestTests
{
    [Fact]
    public async Task The_manifest_has_an_executable_that_other_machines_can_reach_with_a_key()
    {
        var resource = await PublishAsync(embeddings => embeddings.WithServerCommand("jina-embeddings").WithModelCache("models"));

        var environment = resource.GetProperty("env");
        Assert.Equal("executable.v0", resource.GetProperty("type").GetString());
        Assert.Equal("jina-embeddings", resource.GetProperty("command").GetString());
        Assert.Equal(["serve"], resource.GetProperty("args").EnumerateArray().Select(argument => argument.GetString()));
        Assert.Equal("http://0.0.0.0:{embeddings.bindings.http.targetPort}", environment.GetProperty("JINA_EMBEDDINGS_URLS").GetString());
        Assert.Equal("{key.value}", environment.GetProperty("JINA_EMBEDDINGS_API_KEY").GetString());
        Assert.False(environment.TryGetProperty("JINA_EMBEDDINGS_CACHE", out _));
        Assert.Equal(
            "Endpoint={embeddings.bindings.http.url};Key={key.value};Model=jina-embedding-s-en-v1",
            resource.GetProperty("connectionString").GetString());
    }

    [Fact]
    public async Task A_container_keeps_the_variables_and_has_the_arguments_of_its_image()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("Dockerfile"), "FROM scratch", TestContext.Current.CancellationToken);

        var resource = await PublishAsync(embeddings => embeddings
            .WithModel("org/name").WithWorkingDirectory(folder.Path).PublishAsDockerFile());

        Assert.StartsWith("container.v", resource.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.False(resource.TryGetProperty("args", out _));
        Assert.Equal("org/name", resource.GetProperty("env").GetProperty("JINA_EMBEDDINGS_MODEL").GetString());
    }

    /// <summary>Returns the resource in the manifest.</summary>
    private static async Task<JsonElement> PublishAsync(Action<IResourceBuilder<JinaEmbeddingsResource>> configure)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("manifest.json");
        var builder = AppModel.Create("--publisher", "manifest", "--output-path", path);
        builder.Services.AddLogging(logging => logging.ClearProviders());
        configure(builder.AddJinaEmbeddings("embeddings").WithApiKey(builder.AddParameter("key", secret: true)));
        using (var app = builder.Build())
        {
            await app.RunAsync(TestContext.Current.CancellationToken);
        }

        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        return manifest.RootElement.GetProperty("resources").GetProperty("embeddings").Clone();
    }
}
