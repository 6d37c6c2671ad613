using System.Security.Cryptography;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;
using RagConsole.Documents;
using RagConsole.Retrieval;

namespace RagConsole.Ingestion;

/// <summary>Brings a database up to date with documents: embeds what is new, replaces what changed, removes what is gone.</summary>
/// <remarks>
/// It can be killed at any moment. A document counts only once all its passages are stored; what was stored of one that
/// does not count is removed when the next run comes to it.
/// </remarks>
internal sealed class Ingester(PassageStore store, IEmbeddingGenerator<string, Embedding<float>> generator, ModelChoice model)
{
    /// <summary>Enough to keep all processors busy, few enough to lose when killed.</summary>
    private const int BatchSize = 256;

    /// <summary>Ingests documents; those of their root that are not among them are removed.</summary>
    /// <param name="documents">The documents, all of one root, at least one.</param>
    /// <param name="warn">Told, in one line each, about documents that cannot be read.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops the work; what is stored then stays.</param>
    public async Task<IngestCounts> RunAsync(IReadOnlyList<DocumentEntry> documents, Action<string> warn, Action<IngestProgress> progress, CancellationToken cancellationToken)
    {
        await store.OpenAsync(cancellationToken);
        var tokenizer = await generator.GetRequiredService<JinaEmbeddingGenerator>().GetTokenizerAsync(cancellationToken);
        var chunker = new TokenChunker(tokenizer);
        var root = documents[0].Root;
        var known = await store.Files.GetAsync(file => file.Root == root, int.MaxValue, cancellationToken: cancellationToken).ToDictionaryAsync(file => file.Source, cancellationToken: cancellationToken);
        var batch = new PassageBatch(store);
        var (unchanged, removed, bytes) = (0, 0, 0L);
        foreach (var entry in documents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            known.Remove(entry.Source, out var before);
            switch (TryRead(entry, warn))
            {
                case null:
                    // It may be readable again tomorrow.
                    unchanged += before?.Passages ?? 0;
                    break;
                case { Hash: var hash } when hash == before?.Hash:
                    unchanged += before.Passages;
                    break;
                case var (document, hash):
                    removed += await store.RemoveAsync(entry.Source, cancellationToken);
                    var done = bytes;
                    await AddAsync(entry, document, hash, chunker.Split(document.Text), batch, part => progress(new(done + (long)(part * entry.Bytes), batch.Stored)), cancellationToken);
                    break;
            }

            bytes += entry.Bytes;
            progress(new(bytes, batch.Stored));
        }

        await batch.FinishAsync(cancellationToken);
        foreach (var gone in known.Keys)
        {
            removed += await store.RemoveAsync(gone, cancellationToken);
        }

        return new IngestCounts(documents.Count, batch.Stored, unchanged, removed);
    }

    private async Task AddAsync(DocumentEntry entry, Document document, string hash, IReadOnlyList<TextChunk> chunks, PassageBatch batch, Action<double> partDone, CancellationToken cancellationToken)
    {
        foreach (var (number, chunk) in chunks.Index())
        {
            batch.Add(new Passage
            {
                Key = $"{entry.Source}\n{number}",
                Source = entry.Source,
                File = entry.File,
                StartLine = document.SourceLine(chunk.StartLine),
                EndLine = document.SourceLine(chunk.EndLine),
                Text = document.Text[chunk.Range],
            });
            if (batch.Count == BatchSize)
            {
                await batch.StoreAsync(cancellationToken);
                partDone((number + 1.0) / chunks.Count);
            }
        }

        batch.Complete(new IngestedFile { Source = entry.Source, Root = entry.Root, Hash = hash, Passages = chunks.Count, Model = model.Argument, IngestedAt = DateTime.UtcNow });
    }

    private static (Document Document, string Hash)? TryRead(DocumentEntry entry, Action<string> warn)
    {
        try
        {
            var content = entry.Read();
            if (DocumentFormat.Read(entry.File, content) is { } document)
            {
                return (document, Convert.ToHexString(SHA256.HashData(content)));
            }

            warn($"Skipped {entry.File}: it is not a text file.");
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A reader of a format may throw anything over a damaged file; the others are worth going on for.
            warn($"Skipped {entry.File}: {error.Message}");
        }

        return null;
    }
}
