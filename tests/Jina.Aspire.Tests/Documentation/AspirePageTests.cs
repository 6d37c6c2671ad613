using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Jina.Aspire.Tests.Embeddings;
using Jina.Aspire.Tests.Hosting;
using Jina.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jina.Aspire.Tests.Documentation;

/// <summary>Compiles and runs the code of docs/aspire.md and of the packages' pages.</summary>
public sealed class AspirePageTests
{
    private const string Folder = "tests/Jina.Aspire.Tests/Documentation";

    [Theory]
    [InlineData("docs/aspire.md", 5)]
    [InlineData("src/Jina.Aspire.Hosting/README.md", 1)]
    [InlineData("src/Jina.Aspire.Embeddings/README.md", 2)]
    public void Every_snippet_is_compiled_here(string page, int snippets) => DocumentedCode.AssertCompiled(page, Folder, snippets);

    [Fact]
    public void The_AppHost_references_the_server()
    {
        var builder = AppModel.Create();

        var embeddings = builder.AddJinaEmbeddings("embeddings");
        builder.AddProject<Projects.Api>("api").WithReference(embeddings).WaitFor(embeddings);

        var api = builder.Resources.Single(resource => resource.Name == "api");
        Assert.Contains(api.Annotations.OfType<WaitAnnotation>(), annotation => annotation.Resource == embeddings.Resource);
    }

    [Fact]
    public async Task The_server_has_options()
    {
        var builder = AppModel.Create("Parameters:embeddings-key=a-long-secret");
        var embeddings = builder.AddJinaEmbeddings("embeddings");

        embeddings
            .WithModel("jina-embedding-b-en-v1")
            .WithPrecision(JinaEmbeddingsPrecision.Int8)
            .WithModelCache("../models")
            .WithApiKey(builder.AddParameter("embeddings-key", secret: true))
            .WithArgs("--threads", "2");

        Assert.Equal(
            "Endpoint=http://localhost:5000;Key=a-long-secret;Model=jina-embedding-b-en-v1", await embeddings.ConnectionStringAsync());
    }

    [Fact]
    public async Task The_server_has_another_command()
    {
        var embeddings = AppModel.Create().AddJinaEmbeddings("embeddings");

        embeddings.WithServerCommand("jina-embeddings");

        Assert.Equal(["serve"], (await embeddings.EvaluateAsync()).Arguments.Select(argument => argument.Value));
    }

    [Fact]
    public void A_deployed_app_uses_another_server()
    {
        var builder = AppModel.Create("--publisher", "manifest");

        IResourceBuilder<IResourceWithConnectionString> embeddings = builder.ExecutionContext.IsPublishMode
            ? builder.AddConnectionString("embeddings")
            : builder.AddJinaEmbeddings("embeddings");

        Assert.IsNotType<JinaEmbeddingsResource>(embeddings.Resource);
    }

    [Fact]
    public void The_client_is_a_generator()
    {
        var builder = ClientHost.Create(("ConnectionStrings:embeddings", "http://localhost:5000"));

        builder.AddJinaEmbeddingsClient("embeddings");

        Assert.NotNull(builder.Build().Services.GetService<IEmbeddingGenerator<string, Embedding<float>>>());
    }

    [Fact]
    public void A_keyed_client_has_middleware()
    {
        var builder = ClientHost.Create(("ConnectionStrings:embeddings", "http://localhost:5000"));
        builder.Services.AddLogging();

        builder.AddKeyedJinaEmbeddingsClient("embeddings").UseLogging();

        Assert.NotNull(builder.Build().Services.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>("embeddings"));
    }
}
