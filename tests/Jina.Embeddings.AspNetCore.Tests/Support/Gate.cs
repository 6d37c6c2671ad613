using System.Threading.Channels;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.AspNetCore.Tests.Support;

/// <summary>Represents middleware that holds each call until the test opens it.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<int> _arrived = Channel.CreateUnbounded<int>();

    /// <summary>Releases all calls, current and future.</summary>
    public void Open() => _open.TrySetResult();

    /// <summary>Waits until the given number of further calls have arrived.</summary>
    public async Task ArrivedAsync(int calls = 1)
    {
        for (var i = 0; i < calls; i++)
        {
            await _arrived.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WithTimeout();
        }
    }

    /// <summary>Wraps a generator.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> Around(IEmbeddingGenerator<string, Embedding<float>> inner) =>
        new Held(inner, this);

    private sealed class Held(IEmbeddingGenerator<string, Embedding<float>> inner, Gate gate)
        : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
    {
        public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            gate._arrived.Writer.TryWrite(0);
            await gate._open.Task.WaitAsync(cancellationToken);
            return await base.GenerateAsync(values, options, cancellationToken);
        }
    }
}
