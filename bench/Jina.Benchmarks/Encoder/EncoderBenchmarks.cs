using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using Jina.Extensions.AI;

namespace Jina.Benchmarks.Encoder;

/// <summary>
/// Measures a request of 64 texts to the public generator. It runs in this process, so that no code is generated and built.
/// </summary>
[InProcess]
[MemoryDiagnoser]
public class EncoderBenchmarks
{
    private const int Count = 64;

    private JinaEmbeddingGenerator? _generator;
    private string[] _texts = [];

    [Params(Precision.Fp32, Precision.Int8)]
    public Precision Precision { get; set; }

    /// <summary>Gets or sets the tokens of each text, or 0 for lengths from 4 to 256.</summary>
    [Params(16, 64, 256, 0)]
    public int Tokens { get; set; }

    public static int Run(string[] options) => BenchmarkRunner.Run<EncoderBenchmarks>(args: options).HasCriticalValidationErrors ? 1 : 0;

    [GlobalSetup]
    public void Load()
    {
        var options = new JinaEmbeddingOptions { Model = JinaEmbeddingModel.FromDirectory(DemoModel()), Precision = Precision };
        _generator = JinaEmbeddingGenerator.CreateAsync(options).GetAwaiter().GetResult();
        _texts = [.. Enumerable.Range(0, Count).Select(i => Text(Tokens > 0 ? Tokens : 4 << (i % 7)))];
    }

    [GlobalCleanup]
    public void Dispose() => _generator!.Dispose();

    [Benchmark(OperationsPerInvoke = Count)]
    public Task<IReadOnlyList<ReadOnlyMemory<float>>> Embed() => _generator!.EncodeAsync(_texts);

    private static string Text(int tokens) => string.Join(' ', Enumerable.Repeat("the", tokens - 1));

    private static string DemoModel()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "models", "demo-en")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The program needs models/demo-en in a parent folder.");
        }

        return Path.Combine(folder.FullName, "models", "demo-en");
    }
}
