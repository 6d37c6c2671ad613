using System.Security.Cryptography;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;
using RagConsole.Documents;
using RagConsole.Retrieval;

namespace RagConsole.Ingestion;

/// <summary>Brings a database up to date with documents: embeds what is new, replaces what changed, removes what is gone.</summary>
/// <remarks>
/// It can be killed at any moment. A document counts only once all its passages are stored; what was stored of one that
/// does not count is removed by the next run, even if the file is gone by then.
/// </remarks>
internal sealed class Ingester(PassageStore store, IEmbeddingGenerator<string, Embedding<float>> generator, ModelChoice model)
{
    /// <summary>Enough to keep all processors busy, few enough to lose when killed.</summary>
    private const int BatchSize = 256;

    /// <summary>Ingests documents; those of their root that are not among them are removed.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="warn">Told, in one line each, about documents that cannot be read.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops the work; what is stored then stays.</param>
    /// <exception cref="FileNotFoundException">There are none, and never were.</exception>
    public async Task<IngestCounts> RunAsync(DocumentList documents, Action<string> warn, Action<IngestProgress> progress, CancellationToken cancellationToken)
    {
        await store.OpenAsync(cancellationToken);
        var tokenizer = await generator.GetRequiredService<JinaEmbeddingGenerator>().GetTokenizerAsync(cancellationToken);
        var chunker = new TokenChunker(tokenizer);
        var known = await store.Files.GetAsync(file => file.Root == documents.Root, int.MaxValue, cancellationToken: cancellationToken).ToDictionaryAsync(file => file.Source, cancellationToken: cancellationToken);
        if (documents.Entries.Count + known.Count == 0)
        {
            throw documents.NothingToRead();
        }

        var batch = new PassageBatch(store);
        var (unchanged, removed, bytes) = (0, 0, 0L);
        foreach (var entry in documents.Entries)
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
                    var chunks = chunker.Split(document.Text);
                    var file = new IngestedFile { Source = entry.Source, Root = entry.Root, Hash = hash, Passages = chunks.Count, Model = model.Argument, IngestedAt = DateTime.UtcNow };
                    removed += await store.BeginAsync(file, cancellationToken);
                    var done = bytes;
                    await AddAsync(entry, document, chunks, batch, part => progress(new(done + (long)(part * entry.Bytes), batch.Stored)), cancellationToken);
                    batch.Complete(file);
                    break;
            }

            bytes += entry.Bytes;
            progress(new(bytes, batch.Stored));
        }

        await batch.FinishAsync(cancellationToken);
        foreach (var gone in known.Values.Where(file => !documents.MayHold(file.Source)))
        {
            removed += await store.RemoveAsync(gone, cancellationToken);
        }

        return new IngestCounts(documents.Entries.Count, batch.Stored, unchanged, removed);
    }

    private static async Task AddAsync(DocumentEntry entry, Document document, IReadOnlyList<TextChunk> chunks, PassageBatch batch, Action<double> partDone, CancellationToken cancellationToken)
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
