using Jina.Extensions.AI;
using Jina.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel;

namespace Jina.SemanticKernel.Tests.DependencyInjection;

public sealed class KernelRegistrationTests
{
    private static readonly JinaEmbeddingModel Demo = JinaEmbeddingModel.FromDirectory(RepositoryFiles.Path("models", "demo-en"));

    private static readonly Dictionary<string, Action<IKernelBuilder, string?>> Registrations = new()
    {
        ["a model"] = (builder, serviceId) => builder.AddJinaEmbeddings(Demo, serviceId),
        ["options"] = (builder, serviceId) => builder.AddJinaEmbeddings(options => options.Model = Demo, serviceId),
        ["configuration"] = (builder, serviceId) => builder.AddJinaEmbeddings(Section("Model", Demo.DirectoryPath!), serviceId),
        ["the name of a model"] = (builder, serviceId) => builder.AddJinaEmbeddingGenerator(Demo.DirectoryPath, serviceId: serviceId),
        ["services"] = (builder, serviceId) => builder.Services.AddJinaEmbeddingGenerator(Demo.DirectoryPath, serviceId: serviceId),
    };

    public static TheoryData<string> Forms => [.. Registrations.Keys];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_form_registers_a_generator_that_embeds(string form)
    {
        var builder = Kernel.CreateBuilder();
        Registrations[form](builder, null);
        var kernel = builder.Build();
        await using var services = (ServiceProvider)kernel.Services;

        var generator = kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        var embedding = await generator.GenerateAsync("rain", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(256, embedding.Vector.Length);
        Assert.Same(generator, kernel.GetRequiredService<IEmbeddingGenerator>());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_form_can_be_selected_by_its_service_id(string form)
    {
        var builder = Kernel.CreateBuilder();
        builder.AddJinaEmbeddings(JinaEmbeddingModel.LargeEnV1, "other");
        Registrations[form](builder, "demo");
        var kernel = builder.Build();
        await using var services = (ServiceProvider)kernel.Services;

        var generator = kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>("demo");
        var embedding = await generator.GenerateAsync("rain", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(256, embedding.Vector.Length);
        Assert.Same(generator, kernel.GetRequiredService<IEmbeddingGenerator>("demo"));
        Assert.Equal(1024, Metadata(kernel.GetRequiredService<IEmbeddingGenerator>("other")).DefaultModelDimensions);
    }

    [Fact]
    public void The_default_is_the_small_model()
    {
        var kernel = Kernel.CreateBuilder().AddJinaEmbeddings().Build();

        var generator = kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        Assert.Equal("jina-embedding-s-en-v1", Metadata(generator).DefaultModelId);
        Assert.Equal(512, Metadata(generator).DefaultModelDimensions);
    }

    [Fact]
    public void A_name_of_Semantic_Kernels_connectors_selects_a_model_and_sets_options()
    {
        var kernel = Kernel.CreateBuilder()
            .AddJinaEmbeddingGenerator()
            .AddJinaEmbeddingGenerator("jina-embedding-b-en-v1", options => options.MaxTokens = 100, "base")
            .Build();

        Assert.Equal("jina-embedding-s-en-v1", Metadata(kernel.GetRequiredService<IEmbeddingGenerator>()).DefaultModelId);
        Assert.Equal("jina-embedding-b-en-v1", Metadata(kernel.GetRequiredService<IEmbeddingGenerator>("base")).DefaultModelId);
        Assert.Equal(100, kernel.GetRequiredService<IOptionsMonitor<JinaEmbeddingOptions>>().Get("base").MaxTokens);
    }

    [Fact]
    public void A_name_without_a_model_is_rejected_at_registration()
    {
        var error = Assert.Throws<ArgumentException>(() => Kernel.CreateBuilder().AddJinaEmbeddingGenerator("jina-embedding-x-en-v1"));

        Assert.Contains("jina-embedding-x-en-v1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_id_alone_registers_the_small_model_under_that_id()
    {
        var kernel = Kernel.CreateBuilder().AddJinaEmbeddings(serviceId: "small").Build();

        Assert.Equal("jina-embedding-s-en-v1", Metadata(kernel.GetRequiredService<IEmbeddingGenerator>("small")).DefaultModelId);
    }

    [Fact]
    public void Every_form_returns_the_same_builder()
    {
        var builder = Kernel.CreateBuilder();

        Assert.Same(builder, builder.AddJinaEmbeddings(Demo));
        Assert.Same(builder, builder.AddJinaEmbeddings(options => options.Model = Demo, "options"));
        Assert.Same(builder, builder.AddJinaEmbeddings(Section("Model", Demo.DirectoryPath!), "configuration"));
        Assert.Same(builder, builder.AddJinaEmbeddingGenerator(Demo.DirectoryPath, serviceId: "name"));
        Assert.Same(builder.Services, builder.Services.AddJinaEmbeddingGenerator(Demo.DirectoryPath, serviceId: "services"));
    }

    [Fact]
    public void Null_arguments_are_named_in_the_exception()
    {
        var builder = Kernel.CreateBuilder();

        Assert.Throws<ArgumentNullException>("builder", () => ((IKernelBuilder)null!).AddJinaEmbeddings());
        Assert.Throws<ArgumentNullException>("builder", () => ((IKernelBuilder)null!).AddJinaEmbeddings(Section("Model", "x")));
        Assert.Throws<ArgumentNullException>("builder", () => ((IKernelBuilder)null!).AddJinaEmbeddingGenerator());
        Assert.Throws<ArgumentNullException>("services", () => ((IServiceCollection)null!).AddJinaEmbeddingGenerator());
        Assert.Throws<ArgumentNullException>("configure", () => builder.AddJinaEmbeddings((Action<JinaEmbeddingOptions>)null!));
        Assert.Throws<ArgumentNullException>("section", () => builder.AddJinaEmbeddings((IConfiguration)null!, "id"));
    }

    private static EmbeddingGeneratorMetadata Metadata(IEmbeddingGenerator generator) =>
        (EmbeddingGeneratorMetadata)generator.GetService(typeof(EmbeddingGeneratorMetadata))!;

    private static IConfigurationSection Section(string key, string value) => new ConfigurationBuilder()
        .AddInMemoryCollection([KeyValuePair.Create($"Jina:{key}", (string?)value)])
        .Build()
        .GetSection("Jina");
}
