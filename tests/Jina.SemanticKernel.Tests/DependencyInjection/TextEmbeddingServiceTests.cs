using Jina.Extensions.AI;
using Jina.SemanticKernel.Tests.Support;
using Jina.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Embeddings;
using Microsoft.SemanticKernel.Memory;
using Microsoft.SemanticKernel.Services;

namespace Jina.SemanticKernel.Tests.DependencyInjection;

#pragma warning disable CS0618 // These tests cover the obsolete interface.
public sealed class TextEmbeddingServiceTests
{
    private static readonly Dictionary<string, Action<IKernelBuilder, string?>> Registrations = new()
    {
        ["a model"] = (builder, serviceId) => builder.AddJinaEmbeddings(DemoModel.Model, serviceId),
        ["options"] = (builder, serviceId) => builder.AddJinaEmbeddings(options => options.Model = DemoModel.Model, serviceId),
        ["configuration"] = (builder, serviceId) =>
            builder.AddJinaEmbeddings(new ConfigurationManager { ["Model"] = DemoModel.Model.DirectoryPath }, serviceId),
        ["the name of a model"] = (builder, serviceId) =>
            builder.AddJinaEmbeddingGenerator(DemoModel.Model.DirectoryPath, serviceId: serviceId),
        ["services"] = (builder, serviceId) =>
            builder.Services.AddJinaEmbeddingGenerator(DemoModel.Model.DirectoryPath, serviceId: serviceId),
    };

    public static MatrixTheoryData<string, string?> Forms => new(Registrations.Keys, [null, "demo"]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task The_obsolete_service_returns_the_vectors_of_the_generator(string form, string? serviceId)
    {
        var builder = Kernel.CreateBuilder();
        Registrations[form](builder, serviceId);
        var kernel = builder.Build();
        await using var services = (ServiceProvider)kernel.Services;

        var service = kernel.GetRequiredService<ITextEmbeddingGenerationService>(serviceId);
        var vectors = await service.GenerateEmbeddingsAsync(["rain", "wind"], kernel, Token);

        var generator = kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>(serviceId);
        Assert.Equal(2, vectors.Count);
        Tolerance.SameModel.AssertEqual(await generator.GenerateVectorAsync("rain", cancellationToken: Token), vectors[0]);
        Tolerance.SameModel.AssertEqual(await generator.GenerateVectorAsync("wind", cancellationToken: Token), vectors[1]);
    }

    [Fact]
    public void Its_attributes_contain_the_model_and_the_dimensions_before_the_model_is_loaded()
    {
        var kernel = Kernel.CreateBuilder().AddJinaEmbeddings(JinaEmbeddingModel.BaseEnV1, "base").Build();

        var service = kernel.GetRequiredService<ITextEmbeddingGenerationService>("base");

        Assert.Equal("jina-embedding-b-en-v1", service.GetModelId());
        Assert.Equal(768, service.GetDimensions());
    }

    [Fact]
    public async Task A_memory_builder_accepts_it()
    {
        using var file = new StoreFile();
        var kernel = Kernel.CreateBuilder().AddJinaEmbeddings(DemoModel.Model).Build();
        await using var services = (ServiceProvider)kernel.Services;
        var memory = new MemoryBuilder()
            .WithTextEmbeddingGeneration(kernel.GetRequiredService<ITextEmbeddingGenerationService>())
            .WithMemoryStore(new VectorStoreMemoryStore(file.Store, DemoModel.Dimensions))
            .Build();

        await memory.SaveInformationAsync("notes", "wind and rain", "weather", cancellationToken: Token);

        Assert.Equal("wind and rain", (await memory.GetAsync("notes", "weather", cancellationToken: Token))!.Metadata.Text);
    }
}
#pragma warning restore CS0618
