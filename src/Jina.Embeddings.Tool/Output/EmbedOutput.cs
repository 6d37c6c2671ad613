using System.Globalization;
using Jina.Embeddings.Tool.Batch;
using Jina.Embeddings.Tool.Input;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Represents the vectors of a window of records.</summary>
/// <param name="Embeddings">The vectors.</param>
/// <param name="Position">The number of bytes of the input up to the end of the window.</param>
internal sealed record EmbeddedWindow(GeneratedEmbeddings<Embedding<float>> Embeddings, long Position);

/// <summary>Writes a line for each embedded record.</summary>
/// <param name="sink">The output, or <see langword="null"/> for stdout.</param>
/// <param name="tokenizer">The tokenizer of the model.</param>
/// <param name="type">The type of the vectors.</param>
/// <param name="inputLength">The size of the input in bytes, or <see langword="null"/> if it is unknown.</param>
/// <param name="report">Receives the progress after each window.</param>
internal sealed class EmbedOutput(
    IByteSink? sink, T5Tokenizer tokenizer, EmbeddingType type, long? inputLength, Action<EmbedProgress> report) : IDisposable
{
    private readonly JsonOutput _output = new(sink);
    private long _truncated;

    /// <summary>Gets how far the work is.</summary>
    public EmbedProgress Progress { get; private set; } = new(0, 0, 0, inputLength);

    /// <summary>Writes and flushes the next records, because the program that wrote them may wait for the vectors.</summary>
    public void Write(IReadOnlyList<InputRecord> records, EmbeddedWindow window)
    {
        var tokens = Progress.Tokens;
        foreach (var (record, embedding) in records.Zip(window.Embeddings))
        {
            var encoding = tokenizer.Encode(record.Text);
            var count = encoding.AsSpan().Length;
            tokens += count;
            _truncated += encoding.Truncated ? 1 : 0;
            var vector = new VectorRecord(record.Index, record.Id, count, EmbeddingComponents.Convert(embedding, type));
            _output.WriteLine(json => JsonLinesVectorWriter.Write(json, vector));
        }

        _output.Flush();
        Progress = Progress with { Records = Progress.Records + records.Count, Tokens = tokens, Bytes = window.Position };
        report(Progress);
    }

    /// <summary>Reports the number of truncated texts on stderr, if there are any.</summary>
    public void ReportTruncation()
    {
        if (_truncated > 0)
        {
            StatusLine.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{_truncated:N0} of {Progress.Records:N0} texts had more than {tokenizer.MaxTokens} tokens. They were truncated."));
        }
    }

    public void Dispose() => _output.Dispose();
}
