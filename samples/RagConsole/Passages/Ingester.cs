using System.Security.Cryptography;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;
using RagConsole.Documents;
using RagConsole.Output;

namespace RagConsole.Passages;

/// <summary>Represents the result of an ingest.</summary>
/// <param name="Files">The documents that were examined.</param>
/// <param name="Embedded">The passages that were embedded.</param>
/// <param name="Unchanged">The passages of documents that did not change.</param>
/// <param name="Removed">The passages of documents that changed or no longer exist.</param>
/// <param name="WithoutText">The documents that were read but have no text.</param>
/// <param name="Skipped">The documents that could not be read. Their earlier passages stay.</param>
internal sealed record IngestCounts(int Files, int Embedded, int Unchanged, int Removed, int WithoutText, int Skipped);

/// <summary>Represents the progress of an ingest.</summary>
/// <param name="Bytes">The bytes of the documents that are done.</param>
/// <param name="Embedded">The passages that were embedded and stored.</param>
internal readonly record struct IngestProgress(long Bytes, int Embedded);

/// <summary>Updates a database from documents: embeds new ones, replaces changed ones and removes deleted ones.</summary>
/// <remarks>
/// The process can be killed at any moment. A document is complete only after all its passages are stored. The next run removes
/// the passages of incomplete documents, even if the file no longer exists.
/// </remarks>
internal sealed class Ingester(PassageStore store, IEmbeddingGenerator<string, Embedding<float>> generator, ModelChoice model)
{
    /// <summary>Ingests the documents of a root and removes all other documents of the root.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="warn">Receives one line for each document that cannot be read or has no text.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the work. Passages that are already stored stay.</param>
    /// <exception cref="FileNotFoundException">The root does not contain documents and never did.</exception>
    public async Task<IngestCounts> RunAsync(
        DocumentList documents, Action<string> warn, Action<IngestProgress> progress, CancellationToken cancellationToken)
    {
        await store.OpenAsync(cancellationToken);
        var tokenizer = await generator.GetRequiredService<JinaEmbeddingGenerator>().GetTokenizerAsync(cancellationToken);
        var splitter = new DocumentSplitter(new TokenChunker(tokenizer));
        var known = await store.Files
            .GetAsync(file => file.Root == documents.Root, int.MaxValue, cancellationToken: cancellationToken)
            .ToDictionaryAsync(file => file.Source, cancellationToken: cancellationToken);
        if (documents.Entries.Count + known.Count == 0)
        {
            throw documents.CreateEmptyException();
        }

        using var reader = new DocumentReader(DocumentReader.DefaultBaseTime);
        var batch = new PassageBatch(store);
        var (unchanged, removed, withoutText, skipped, bytes) = (0, 0, 0, 0, 0L);
        foreach (var entry in documents.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            known.Remove(entry.Source, out var before);
            var read = await TryReadAsync(reader, entry, warn, cancellationToken);
            if (read is null)
            {
                // The file may be readable again later.
                unchanged += before?.Passages ?? 0;
                skipped++;
            }
            else if (read.Hash == before?.Hash)
            {
                unchanged += before.Passages;
            }
            else
            {
                var chunks = splitter.Split(read.Document);
                var file = new IngestedFile
                {
                    Source = entry.Source,
                    Root = entry.Root,
                    Hash = read.Hash,
                    Passages = chunks.Count,
                    Model = model.Argument,
                    IngestedAt = DateTime.UtcNow,
                };
                removed += await store.BeginAsync(file, cancellationToken);
                foreach (var (number, chunk) in chunks.Index())
                {
                    if (await batch.AddAsync(CreatePassage(entry, read.Document, number, chunk), cancellationToken))
                    {
                        progress(new(bytes + (long)((number + 1.0) / chunks.Count * entry.Bytes), batch.Stored));
                    }
                }

                batch.Complete(file);
            }

            withoutText += read?.Document.Text is "" ? 1 : 0;
            bytes += entry.Bytes;
            progress(new(bytes, batch.Stored));
        }

        await batch.FinishAsync(cancellationToken);
        foreach (var deleted in known.Values.Where(file => !documents.MayContain(file.Source)))
        {
            removed += await store.RemoveAsync(deleted, cancellationToken);
        }

        return new IngestCounts(documents.Entries.Count, batch.Stored, unchanged, removed, withoutText, skipped);
    }

    private static Passage CreatePassage(DocumentEntry entry, Document document, int number, TextChunk chunk) => new()
    {
        Key = $"{entry.Source}\n{number}",
        Source = entry.Source,
        File = entry.File,
        StartLine = chunk.StartLine,
        EndLine = chunk.EndLine,
        Text = document.Text[chunk.Range],
    };

    private static async Task<HashedDocument?> TryReadAsync(
        DocumentReader reader, DocumentEntry entry, Action<string> warn, CancellationToken cancellationToken)
    {
        try
        {
            var content = entry.Read();
            var (document, remark) = await reader.ReadAsync(entry.File, content, cancellationToken);
            if (remark is not null)
            {
                warn(document?.Text switch
                {
                    null => $"Skipped {Printable.Name(entry.File)}: {remark}",
                    "" => $"Found no text in {Printable.Name(entry.File)}: {remark}",
                    _ => $"{Printable.Name(entry.File)}: {remark}",
                });
            }

            return document is null ? null : new(document, Convert.ToHexString(SHA256.HashData(content)));
        }
        catch (Exception error) when (error is not (OutOfMemoryException or OperationCanceledException))
        {
            // The other files are still worth reading.
            warn($"Skipped {Printable.Name(entry.File)}: {error.Message}");
        }

        return null;
    }

    private sealed record HashedDocument(Document Document, string Hash);
}
