using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests.EmbeddingQuantization;

/// <summary>Tests the common behavior of the int8 and the binary generator: calls, services and disposal of the float generator.</summary>
public sealed class QuantizingGeneratorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_call_is_passed_on_unchanged()
    {
        var (int8Floats, binaryFloats) = (new FixedFloats([1, 2]), new FixedFloats([1, 2]));
        string[] values = ["a"];
        var options = new EmbeddingGenerationOptions { Dimensions = 2 };

        await int8Floats.AsInt8Embeddings().GenerateAsync(values, options, Token);
        await binaryFloats.AsBinaryEmbeddings().GenerateAsync(values, options, Token);

        Assert.All([int8Floats.Call!.Value, binaryFloats.Call!.Value], call =>
        {
            Assert.Same(values, call.Values);
            Assert.Same(options, call.Options);
            Assert.Equal(Token, call.Token);
        });
    }

    [Fact]
    public async Task A_vector_that_is_not_finite_is_named_by_its_position()
    {
        var floats = new FixedFloats([1, 2], [3, float.NaN]);

        var int8 = await Assert.ThrowsAsync<NotFiniteNumberException>(
            () => floats.AsInt8Embeddings().GenerateAsync(["a", "b"], cancellationToken: Token));
        var binary = await Assert.ThrowsAsync<NotFiniteNumberException>(
            () => floats.AsBinaryEmbeddings().GenerateAsync(["a", "b"], cancellationToken: Token));

        Assert.StartsWith("Component 1 of embedding 1 is NaN;", int8.Message, StringComparison.Ordinal);
        Assert.Equal(int8.Message, binary.Message);
    }

    [Fact]
    public void A_service_comes_from_the_generator_or_from_the_floats()
    {
        var floats = new FixedFloats();
        Assert.All<IEmbeddingGenerator>([floats.AsInt8Embeddings(), floats.AsBinaryEmbeddings()], generator =>
        {
            Assert.Same(generator, generator.GetService(generator.GetType()));
            Assert.Same(generator, generator.GetService(typeof(IEmbeddingGenerator)));
            Assert.Same(floats, generator.GetService(typeof(IEmbeddingGenerator<string, Embedding<float>>)));
            Assert.Same(FixedFloats.Metadata, generator.GetService(typeof(EmbeddingGeneratorMetadata)));
            Assert.Equal("key of the floats", generator.GetService(generator.GetType(), "key"));
            Assert.Null(generator.GetService(typeof(string)));
            Assert.Throws<ArgumentNullException>(() => generator.GetService(null!));
        });
    }

    [Fact]
    public async Task The_float_generator_is_disposed_too()
    {
        var floats = new FixedFloats();

        floats.AsInt8Embeddings().Dispose();
        floats.AsBinaryEmbeddings().Dispose();
        Assert.Equal((2, 0), (floats.Disposals, floats.AsyncDisposals));

        await floats.AsInt8Embeddings().DisposeAsync();
        await floats.AsBinaryEmbeddings().DisposeAsync();
        Assert.Equal((2, 2), (floats.Disposals, floats.AsyncDisposals));
    }

    [Fact]
    public async Task Middleware_without_asynchronous_disposal_is_disposed_too()
    {
        var floats = new FixedFloats();

        await floats.AsBuilder().ConfigureOptions(_ => { }).Build().AsInt8Embeddings().DisposeAsync();

        Assert.Equal((1, 0), (floats.Disposals, floats.AsyncDisposals));
    }

    [Fact]
    public async Task The_float_generator_is_left_open_on_request()
    {
        var floats = new FixedFloats([1]);
        var int8 = new Int8EmbeddingGenerator(floats, leaveOpen: true);
        var binary = new BinaryEmbeddingGenerator(floats, leaveOpen: true);

        int8.Dispose();
        await int8.DisposeAsync();
        binary.Dispose();
        await binary.DisposeAsync();

        Assert.Equal((0, 0), (floats.Disposals, floats.AsyncDisposals));
        Assert.Single(await int8.GenerateAsync(["a"], cancellationToken: Token));
        Assert.Single(await binary.GenerateAsync(["a"], cancellationToken: Token));
    }

    [Fact]
    public async Task Calls_are_rejected_after_disposal()
    {
        var int8 = new JinaEmbeddingGenerator(new() { Model = DemoModel.Model }).AsInt8Embeddings();
        var binary = new JinaEmbeddingGenerator(new() { Model = DemoModel.Model }).AsBinaryEmbeddings();

        await int8.DisposeAsync();
        binary.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => int8.GenerateAsync(["a"], cancellationToken: Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => binary.GenerateAsync(["a"], cancellationToken: Token));
    }

    [Fact]
    public async Task Null_is_rejected()
    {
        Assert.Throws<ArgumentNullException>(() => new Int8EmbeddingGenerator(null!));
        Assert.Throws<ArgumentNullException>(() => new BinaryEmbeddingGenerator(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(
            () => new FixedFloats().AsInt8Embeddings().GenerateAsync(null!, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentNullException>(
            () => new FixedFloats().AsBinaryEmbeddings().GenerateAsync(null!, cancellationToken: Token));
    }
}
