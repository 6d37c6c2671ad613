using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Documentation;

/// <summary>Compiles the code of docs/performance.md, which needs a GPU to run.</summary>
public sealed class PerformancePageTests
{
    private const string Page = "docs/performance.md";

    [Fact]
    public void Every_snippet_is_compiled_by_these_tests() =>
        DocumentedCode.AssertCompiled(Page, "tests/Jina.Extensions.AI.Tests/Documentation", snippets: 1);

    [Fact]
    public async Task Options_for_a_device_are_accepted()
    {
        var options = new JinaEmbeddingOptions
        {
            MaxThreads = 2,            // two micro-batches keep a device busy
            MaxBatchTokens = 16384,    // devices need far larger micro-batches than processors
            ConfigureSession = session => session.AppendExecutionProvider_CUDA(0),
        };

        await using var generator = new JinaEmbeddingGenerator(options);
        Assert.Equal(JinaModelState.NotLoaded, generator.Status.State);
    }
}
