using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using Jina.Extensions.AI;

namespace Jina.Benchmarks.Encoder;

/// <summary>One call over 64 texts, through the public generator. In this process, so that nothing is generated and built.</summary>
[InProcess]
[MemoryDiagnoser]
public class EncoderBenchmarks
{
    private const int Count = 64;

    private JinaEmbeddingGenerator? _generator;
    private string[] _texts = [];

    [Params(Precision.Fp32, Precision.Int8)]
    public Precision Precision { get; set; }

    /// <summary>The tokens of each text; 0 for lengths from 4 to 256.</summary>
    [Params(16, 64, 256, 0)]
    public int Tokens { get; set; }

    public static int Run(string[] options) => BenchmarkRunner.Run<EncoderBenchmarks>(args: options).HasCriticalValidationErrors ? 1 : 0;

    [GlobalSetup]
    public void Load()
    {
        _generator = JinaEmbeddingGenerator.CreateAsync(new JinaEmbeddingOptions { Model = JinaEmbeddingModel.FromDirectory(DemoModel()), Precision = Precision }).GetAwaiter().GetResult();
        _texts = [.. Enumerable.Range(0, Count).Select(i => string.Join(' ', Enumerable.Repeat("the", (Tokens > 0 ? Tokens : 4 << (i % 7)) - 1)))];
    }

    [GlobalCleanup]
    public void Dispose() => _generator!.Dispose();

    [Benchmark(OperationsPerInvoke = Count)]
    public Task<IReadOnlyList<ReadOnlyMemory<float>>> Embed() => _generator!.EncodeAsync(_texts);

    private static string DemoModel()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "models", "demo-en")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No models/demo-en above the program.");
        }

        return Path.Combine(folder.FullName, "models", "demo-en");
    }
}
