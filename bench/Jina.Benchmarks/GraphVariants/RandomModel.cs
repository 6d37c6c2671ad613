using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Int8Weights;
using Jina.RandomCheckpoints;

namespace Jina.Benchmarks.GraphVariants;

/// <summary>
/// Represents random weights of the sizes of model s in a temporary folder, with a small vocabulary, whose size does not affect time.
/// Dispose of its sessions first.
/// </summary>
internal sealed class RandomModel : IDisposable
{
    public const int VocabularySize = 2000;

    private readonly string _folder = Directory.CreateTempSubdirectory("jina-graphs-").FullName;

    public RandomModel()
    {
        RandomCheckpoint.Write(_folder, RandomCheckpointOptions.Small with { VocabularySize = VocabularySize, DemoTokenizer = false });
        Float32 = Checkpoint.Open(_folder);
        Int8 = Int8Checkpoint.Ensure(Float32, _folder, progress: null);
    }

    public Checkpoint Float32 { get; }

    public Checkpoint Int8 { get; }

    /// <summary>Opens a variant of the library's graph with these weights and the session settings of the library.</summary>
    public static EncoderSession Open(Checkpoint weights, Variant variant, int threads = 1)
    {
        var graph = new GraphRewriter(T5EncoderGraph.Build(weights, out _), weights.Config);
        variant.Rewrite(graph);
        var path = Path.Combine(weights.Folder, $"{Guid.NewGuid()}.onnx");
        File.WriteAllBytes(path, graph.ToBytes());
        return EncoderSession.Open(path, new SessionSettings { Threads = threads });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
