using Jina.Extensions.AI;
using Jina.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace Jina.SemanticKernel.Tests.DependencyInjection;

public sealed class KernelRegistrationTests
{
    private static readonly JinaEmbeddingModel Demo = JinaEmbeddingModel.FromDirectory(RepositoryFiles.Path("models", "demo-en"));

    private static readonly Dictionary<string, Action<IKernelBuilder, string?>> Registrations = new()
    {
        ["a model"] = (builder, serviceId) => builder.AddJinaEmbeddings(Demo, serviceId),
        ["options"] = (builder, serviceId) => builder.AddJinaEmbeddings(options => options.Model = Demo, serviceId),
        ["configuration"] = (builder, serviceId) => builder.AddJinaEmbeddings(Section("Model", Demo.Directory!), serviceId),
    };

    public static TheoryData<string> Forms => [.. Registrations.Keys];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_form_gives_the_kernel_a_generator_that_embeds(string form)
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
    public async Task Every_form_with_a_service_id_is_selected_by_it(string form)
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
    public void Without_arguments_it_is_the_small_model()
    {
        var kernel = Kernel.CreateBuilder().AddJinaEmbeddings().Build();

        var generator = kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();

        Assert.Equal("jina-embedding-s-en-v1", Metadata(generator).DefaultModelId);
        Assert.Equal(512, Metadata(generator).DefaultModelDimensions);
    }

    [Fact]
    public void With_a_service_id_alone_it_is_the_small_model_under_that_id()
    {
        var kernel = Kernel.CreateBuilder().AddJinaEmbeddings(serviceId: "small").Build();

        Assert.Equal("jina-embedding-s-en-v1", Metadata(kernel.GetRequiredService<IEmbeddingGenerator>("small")).DefaultModelId);
    }

    [Fact]
    public void Each_form_returns_the_builder_that_it_was_given()
    {
        var builder = Kernel.CreateBuilder();

        Assert.Same(builder, builder.AddJinaEmbeddings(Demo));
        Assert.Same(builder, builder.AddJinaEmbeddings(options => options.Model = Demo, "options"));
        Assert.Same(builder, builder.AddJinaEmbeddings(Section("Model", Demo.Directory!), "configuration"));
    }

    [Fact]
    public void A_null_argument_is_named()
    {
        var builder = Kernel.CreateBuilder();

        Assert.Throws<ArgumentNullException>("builder", () => ((IKernelBuilder)null!).AddJinaEmbeddings());
        Assert.Throws<ArgumentNullException>("builder", () => ((IKernelBuilder)null!).AddJinaEmbeddings(Section("Model", "x")));
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
