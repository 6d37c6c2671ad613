using Jina.SemanticKernel.Tests.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Data;
using Microsoft.SemanticKernel.Embeddings;
using Microsoft.SemanticKernel.Memory;

namespace Jina.SemanticKernel.Tests.DependencyInjection;

#pragma warning disable CS0618 // Obsolete services must resolve too.
/// <summary>Every registered service resolves from a container and from a kernel, with a key and without.</summary>
public sealed class RegistrationTests : IDisposable
{
    private static readonly Type[] Services =
    [
        typeof(IEmbeddingGenerator), typeof(IEmbeddingGenerator<string, Embedding<float>>),
        typeof(IMemoryStore), typeof(ISemanticTextMemory),
        typeof(VectorStoreCollection<string, Note>), typeof(IVectorSearchable<Note>),
        typeof(VectorStoreTextSearch<Note>), typeof(ITextSearch<Note>), typeof(ITextSearch),
        typeof(TextSearchStore<string>), typeof(TextSearchProvider),
    ];

    private readonly StoreFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("demo")]
    public void All_services_resolve_from_a_container(string? key)
    {
        var services = new ServiceCollection()
            .AddJinaTextMemory(key)
            .AddJinaRetrieval<string, Note>("notes", serviceId: key)
            .AddJinaTextSearchStore<string>("documents", serviceId: key)
            .AddKernel().Services;
        _ = key is null ? services.AddJinaEmbeddings(DemoModel.Model) : services.AddKeyedJinaEmbeddings(key, DemoModel.Model);
        services.AddKeyedJinaSqliteVectorStore(key, _file.ConnectionString);
        using var container = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        Assert.All(Services, type => Assert.NotNull(container.GetRequiredKeyedService(type, key)));
        Assert.Equal(["notes"], container.GetRequiredService<Kernel>().Plugins.Select(plugin => plugin.Name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("demo")]
    public void All_services_resolve_from_a_kernel(string? key)
    {
        var builder = Kernel.CreateBuilder()
            .AddJinaTextMemory(key)
            .AddJinaRetrieval<string, Note>("notes", serviceId: key)
            .AddJinaTextSearchStore<string>("documents", serviceId: key)
            .AddJinaEmbeddings(DemoModel.Model, key);
        builder.Services.AddKeyedJinaSqliteVectorStore(key, _file.ConnectionString);
        var kernel = builder.Build();
        using var services = (ServiceProvider)kernel.Services;

        Assert.All(Services, type => Assert.NotNull(services.GetRequiredKeyedService(type, key)));
        Assert.NotNull(kernel.GetRequiredService<ISemanticTextMemory>(key));
        Assert.NotNull(kernel.GetRequiredService<ITextEmbeddingGenerationService>(key));
        Assert.Equal(["notes"], kernel.Plugins.Select(plugin => plugin.Name));
    }

    [Fact]
    public void Keyed_services_use_a_generator_and_a_store_without_a_key()
    {
        var builder = Kernel.CreateBuilder()
            .AddJinaEmbeddings(DemoModel.Model)
            .AddJinaTextMemory("notes")
            .AddJinaRetrieval<string, Note>("notes", serviceId: "notes")
            .AddJinaTextSearchStore<string>("documents", serviceId: "notes");
        builder.Services.AddJinaSqliteVectorStore(_file.ConnectionString);
        using var services = (ServiceProvider)builder.Build().Services;

        Type[] generators = [typeof(IEmbeddingGenerator), typeof(IEmbeddingGenerator<string, Embedding<float>>)];
        Assert.All(Services.Except(generators), type => Assert.NotNull(services.GetRequiredKeyedService(type, "notes")));
    }

    [Fact]
    public void Registration_and_resolution_do_not_create_the_database_file()
    {
        var builder = Kernel.CreateBuilder()
            .AddJinaEmbeddings(DemoModel.Model)
            .AddJinaTextMemory()
            .AddJinaRetrieval<string, Note>("notes")
            .AddJinaTextSearchStore<string>("documents");
        builder.Services.AddJinaSqliteVectorStore(_file.ConnectionString);
        using var services = (ServiceProvider)builder.Build().Services;

        Assert.All(Services, type => Assert.NotNull(services.GetRequiredService(type)));

        Assert.False(_file.Exists);
    }

    [Theory]
    [InlineData(null, "No VectorStore is registered. Add one, for example with AddJinaSqliteVectorStore.")]
    [InlineData(
        "demo",
        "No VectorStore is registered, neither under the key 'demo' nor without a key. "
        + "Add one, for example with AddJinaSqliteVectorStore.")]
    public void A_missing_store_is_reported_with_the_method_to_call(string? key, string message)
    {
        var builder = Kernel.CreateBuilder().AddJinaEmbeddings(DemoModel.Model).AddJinaTextMemory(key);
        using var services = (ServiceProvider)builder.Build().Services;

        var error = Assert.Throws<InvalidOperationException>(() => services.GetRequiredKeyedService<ISemanticTextMemory>(key));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void A_missing_generator_is_reported_with_the_method_to_call()
    {
        using var services = new ServiceCollection()
            .AddJinaSqliteVectorStore(_file.ConnectionString)
            .AddJinaTextMemory()
            .BuildServiceProvider();

        var error = Assert.Throws<InvalidOperationException>(services.GetRequiredService<ISemanticTextMemory>);

        Assert.Equal(
            "No IEmbeddingGenerator<string, Embedding<float>> is registered. Add one, for example with AddJinaEmbeddings.",
            error.Message);
    }

    [Fact]
    public void Invalid_arguments_are_named_in_the_exception()
    {
        var services = new ServiceCollection();
        var builder = Kernel.CreateBuilder();

        Assert.Throws<ArgumentNullException>("services", () => ((IServiceCollection)null!).AddJinaTextMemory());
        Assert.Throws<ArgumentNullException>("services", () => ((IServiceCollection)null!).AddJinaRetrieval<string, Note>("notes"));
        Assert.Throws<ArgumentNullException>("services", () => ((IServiceCollection)null!).AddJinaTextSearchStore<string>("documents"));
        Assert.Throws<ArgumentNullException>("builder", () => ((IKernelBuilder)null!).AddJinaTextMemory());
        Assert.Throws<ArgumentNullException>("builder", () => ((IKernelBuilder)null!).AddJinaRetrieval<string, Note>("notes"));
        Assert.Throws<ArgumentNullException>("builder", () => ((IKernelBuilder)null!).AddJinaTextSearchStore<string>("documents"));
        Assert.Throws<ArgumentException>("collectionName", () => services.AddJinaRetrieval<string, Note>(" "));
        Assert.Throws<ArgumentException>("collectionName", () => builder.AddJinaTextSearchStore<string>(""));
        Assert.Throws<ArgumentOutOfRangeException>("dimensions", () => services.AddJinaTextSearchStore<string>("documents", dimensions: 0));
    }
}
#pragma warning restore CS0618
