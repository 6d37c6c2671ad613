using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests.EmbeddingQuantization;

/// <summary>What the int8 and the binary generator share: what they pass on, and what belongs to whom.</summary>
public sealed class QuantizingGeneratorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_call_is_passed_on_as_it_is()
    {
        var (int8Floats, binaryFloats) = (new FixedFloats([1, 2]), new FixedFloats([1, 2]));
        string[] values = ["a"];
        var options = new EmbeddingGenerationOptions { Dimensions = 2 };

        await int8Floats.AsInt8().GenerateAsync(values, options, Token);
        await binaryFloats.AsBinary().GenerateAsync(values, options, Token);

        Assert.All([int8Floats.Call!.Value, binaryFloats.Call!.Value], call =>
        {
            Assert.Same(values, call.Values);
            Assert.Same(options, call.Options);
            Assert.Equal(Token, call.Token);
        });
    }

    [Fact]
    public async Task A_vector_that_is_not_finite_is_named_by_its_place()
    {
        var floats = new FixedFloats([1, 2], [3, float.NaN]);

        var int8 = await Assert.ThrowsAsync<NotFiniteNumberException>(() => floats.AsInt8().GenerateAsync(["a", "b"], cancellationToken: Token));
        var binary = await Assert.ThrowsAsync<NotFiniteNumberException>(() => floats.AsBinary().GenerateAsync(["a", "b"], cancellationToken: Token));

        Assert.StartsWith("Component 1 of embedding 1 is NaN;", int8.Message, StringComparison.Ordinal);
        Assert.Equal(int8.Message, binary.Message);
    }

    [Fact]
    public void A_service_is_the_generators_own_or_the_floats()
    {
        var floats = new FixedFloats();
        Assert.All<IEmbeddingGenerator>([floats.AsInt8(), floats.AsBinary()], generator =>
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
    public async Task The_floats_are_disposed_along()
    {
        var floats = new FixedFloats();

        floats.AsInt8().Dispose();
        floats.AsBinary().Dispose();
        Assert.Equal((2, 0), (floats.Disposals, floats.AsyncDisposals));

        await floats.AsInt8().DisposeAsync();
        await floats.AsBinary().DisposeAsync();
        Assert.Equal((2, 2), (floats.Disposals, floats.AsyncDisposals));
    }

    [Fact]
    public async Task Middleware_that_has_no_asynchronous_disposal_is_disposed_too()
    {
        var floats = new FixedFloats();

        await floats.AsBuilder().ConfigureOptions(_ => { }).Build().AsInt8().DisposeAsync();

        Assert.Equal((1, 0), (floats.Disposals, floats.AsyncDisposals));
    }

    [Fact]
    public async Task The_floats_are_left_open_on_request()
    {
        var floats = new FixedFloats([1]);
        var (int8, binary) = (new Int8EmbeddingGenerator(floats, leaveOpen: true), new BinaryEmbeddingGenerator(floats, leaveOpen: true));

        int8.Dispose();
        await int8.DisposeAsync();
        binary.Dispose();
        await binary.DisposeAsync();

        Assert.Equal((0, 0), (floats.Disposals, floats.AsyncDisposals));
        Assert.Single(await int8.GenerateAsync(["a"], cancellationToken: Token));
        Assert.Single(await binary.GenerateAsync(["a"], cancellationToken: Token));
    }

    [Fact]
    public async Task A_model_is_released_and_calls_are_refused_after_disposal()
    {
        var int8 = new JinaEmbeddingGenerator(new() { Model = DemoModel.Model }).AsInt8();
        var binary = new JinaEmbeddingGenerator(new() { Model = DemoModel.Model }).AsBinary();

        await int8.DisposeAsync();
        binary.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => int8.GenerateAsync(["a"], cancellationToken: Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => binary.GenerateAsync(["a"], cancellationToken: Token));
    }

    [Fact]
    public async Task Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new Int8EmbeddingGenerator(null!));
        Assert.Throws<ArgumentNullException>(() => new BinaryEmbeddingGenerator(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => new FixedFloats().AsInt8().GenerateAsync(null!, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentNullException>(() => new FixedFloats().AsBinary().GenerateAsync(null!, cancellationToken: Token));
    }
}
