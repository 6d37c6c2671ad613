using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Tokenization;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Inference;

/// <summary>
/// Tests which session runs a micro-batch. The vectors of the multi-threaded session are slightly longer here, so they identify it.
/// </summary>
public sealed class InferenceRunnerTests : IDisposable
{
    private static readonly OtherWork Alone = new(0, 0);

    private readonly TemporaryFolder _singleFolder = new();
    private readonly TemporaryFolder _multiFolder = new();
    private readonly T5Encoding[] _long = Text(20);
    private readonly T5Encoding[] _short = Text(4);
    private int _opened;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _singleFolder.Dispose();
        _multiFolder.Dispose();
    }

    [Fact]
    public void Only_lone_runs_use_the_multi_threaded_session()
    {
        using var runner = Open(OpenMultiThreaded);
        var single = runner.Run(_long, new OtherWork(1, 0), Token)[0];
        var multi = WaitForMultiThreaded(runner, single);
        var singleShort = runner.Run(_short, new OtherWork(1, 0), Token)[0];

        Assert.Equal(multi, runner.Run(_long, Alone, Token)[0]);
        Assert.Equal(single, runner.Run(_long, new OtherWork(1, 0), Token)[0]);
        Assert.Equal(single, runner.Run(_long, new OtherWork(0, 1), Token)[0]);
        Assert.NotEqual(singleShort, runner.Run(_short, Alone, Token)[0]);
        Assert.Equal(1, _opened);
    }

    [Fact]
    public void The_multi_threaded_session_is_not_opened_for_the_first_lone_runs_or_for_other_runs()
    {
        using var runner = Open(OpenMultiThreaded);
        for (var i = 0; i < 50; i++)
        {
            runner.Run(_long, new OtherWork(1, 1), Token);
        }

        runner.Run(_long, Alone, Token);
        runner.Run(_long, Alone, Token);

        runner.Dispose();
        Assert.Equal(0, _opened);
    }

    [Fact]
    public void Runs_continue_if_the_multi_threaded_session_cannot_be_opened()
    {
        var runner = Open(() =>
        {
            Interlocked.Increment(ref _opened);
            throw new InvalidOperationException("No memory.");
        });
        var expected = runner.Run(_long, new OtherWork(1, 0), Token)[0];

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(expected, runner.Run(_long, Alone, Token)[0]);
        }

        runner.Dispose();
        Assert.Equal(1, _opened);
    }

    [Theory]
    [InlineData(1.1f)]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    public async Task A_multi_threaded_session_with_other_vectors_is_never_used(float factor)
    {
        using var runner = Open(() => OpenMultiThreaded(factor));
        var expected = runner.Run(_long, new OtherWork(1, 0), Token)[0];

        await runner.OpenMultiThreadedAsync();

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(expected, runner.Run(_long, Alone, Token)[0]);
        }

        Assert.Equal(1, _opened);
    }

    [Fact]
    public async Task Differences_of_single_tokens_that_cancel_in_a_text_do_not_reject_a_session()
    {
        // The embeddings of two tokens of the text are exchanged. Without positions, so are their vectors, and the sum stays the same.
        int[] ids = [5, 9, 17, 30, 1];
        T5Encoding[] text = [new T5Encoding([.. ids], false, [.. ids.Select((_, i) => new ChunkSpan(i, i, i + 1))])];
        using var runner = new InferenceRunner(
            OpenTokens(_singleFolder, 5, 5),
            () => OpenTokens(_multiFolder, 5, 30),
            releaseMemory: false,
            weights: null);
        var single = runner.Run(text, new OtherWork(1, 0), Token)[0];
        await runner.OpenMultiThreadedAsync();

        Assert.Equal(single, runner.Run(text, Alone, Token)[0]);
        var multi = runner.Run(text, Alone, Token)[0];

        Tolerance.Reference.AssertEqual(single.AsMemory(0, runner.Dimensions), multi.AsMemory(3 * runner.Dimensions, runner.Dimensions));
        Assert.NotEqual(single, multi);
    }

    [Fact]
    public void Disposal_waits_for_a_multi_threaded_session_that_is_opening()
    {
        var runner = Open(OpenMultiThreaded);
        for (var i = 0; i < 5; i++)
        {
            runner.Run(_long, Alone, Token);
        }

        runner.Dispose();

        Assert.Equal(1, _opened);
    }

    private static T5Encoding[] Text(int tokens) => [new T5Encoding([.. RandomIds.Make([tokens], 512).Single()], false)];

    private static EncoderSession OpenModel(TemporaryFolder folder, float factor) =>
        OpenModel(folder, EncoderOutput.Texts, (checkpoint, bytes) =>
        {
            var norm = MemoryMarshal.Cast<byte, float>(BytesOf(checkpoint.Tensors[T5WeightNames.FinalNorm], bytes));
            TensorPrimitives.Multiply(norm, factor, norm);
        });

    /// <summary>Opens a model that ignores the positions of tokens and returns a vector for each of them.</summary>
    private static EncoderSession OpenTokens(TemporaryFolder folder, int first, int second) =>
        OpenModel(folder, EncoderOutput.Tokens, (checkpoint, bytes) =>
        {
            BytesOf(checkpoint.Tensors[T5WeightNames.RelativeAttentionBias], bytes).Clear();
            var embedding = BytesOf(checkpoint.Embedding, bytes);
            var width = checkpoint.Config.HiddenSize * sizeof(float);
            var row = embedding.Slice(first * width, width).ToArray();
            embedding.Slice(second * width, width).CopyTo(embedding[(first * width)..]);
            row.CopyTo(embedding[(second * width)..]);
        });

    private static EncoderSession OpenModel(TemporaryFolder folder, EncoderOutput output, Action<Checkpoint, byte[]> change)
    {
        var checkpoint = Checkpoint.Open(RandomCheckpoint.Write(folder.Path, cancellationToken: Token));
        var file = checkpoint.WeightFiles.Single();
        var bytes = File.ReadAllBytes(file);
        change(checkpoint, bytes);
        File.WriteAllBytes(file, bytes);
        return EncoderSession.Open(EncoderGraphFile.Ensure(checkpoint, folder.Path, output).Path);
    }

    private static Span<byte> BytesOf(TensorEntry tensor, byte[] file) => file.AsSpan((int)tensor.Offset, (int)tensor.Length);

    private InferenceRunner Open(Func<EncoderSession> openMultiThreaded) =>
        new(OpenModel(_singleFolder, factor: 1), openMultiThreaded, releaseMemory: false, weights: null);

    private EncoderSession OpenMultiThreaded() => OpenMultiThreaded(factor: 1.001f);

    private EncoderSession OpenMultiThreaded(float factor)
    {
        Interlocked.Increment(ref _opened);
        return OpenModel(_multiFolder, factor);
    }

    private float[] WaitForMultiThreaded(InferenceRunner runner, float[] single)
    {
        float[] vector = single;
        Assert.True(
            SpinWait.SpinUntil(() => !single.SequenceEqual(vector = runner.Run(_long, Alone, Token)[0]), TimeSpan.FromMinutes(1)),
            "The multi-threaded session did not open.");
        return vector;
    }
}
