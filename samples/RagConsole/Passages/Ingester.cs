using System.Security.Cryptography;
using System.Text;
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
        var splitter = new DocumentSplitter(tokenizer);
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
            var content = TryRead(entry, warn);
            var hash = content is null ? null : ComputeHash(content);
            if (before?.Hash is { Length: > 0 } && before.Hash == hash)
            {
                unchanged += before.Passages;
                if (before.Passages == 0)
                {
                    warn($"Found no text in {Printable.Name(entry.File)} when it was last read, and it has not changed.");
                    withoutText++;
                }
            }
            else if (content is null || await TryParseAsync(reader, entry, content, warn, cancellationToken) is not { } document)
            {
                // The file may be readable again later.
                unchanged += before?.Passages ?? 0;
                skipped++;
            }
            else
            {
                var passages = CreatePassages(entry, document, splitter);
                var file = new IngestedFile
                {
                    Source = entry.Source,
                    Root = entry.Root,
                    Hash = hash!,
                    Passages = passages.Count,
                    Model = model.Argument,
                    IngestedAt = DateTime.UtcNow,
                };
                removed += await store.BeginAsync(file, cancellationToken);
                foreach (var (number, passage) in passages.Index())
                {
                    if (await batch.AddAsync(passage, cancellationToken))
                    {
                        progress(new(bytes + (long)((number + 1.0) / passages.Count * entry.Bytes), batch.Stored));
                    }
                }

                batch.Complete(file);
                withoutText += passages.Count == 0 ? 1 : 0;
            }

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

    private static List<Passage> CreatePassages(DocumentEntry entry, Document document, DocumentSplitter splitter)
    {
        var headings = new Headings(document.Text);
        return [.. splitter.Split(document, headings).Select((chunk, number) =>
        {
            var (above, text) = (headings.FindAbove(chunk.Start), document.Text[chunk.Range]);
            return new Passage
            {
                Key = Passage.GetKey(entry.Source, number),
                Source = entry.Source,
                File = entry.File,
                Title = document.Title,
                StartLine = chunk.StartLine,
                EndLine = chunk.EndLine,
                Text = above.Length == 0 ? text : $"{above}\n{text}",
            };
        })];
    }

    /// <summary>Returns the hash of everything that the passages of a document depend on.</summary>
    private string ComputeHash(byte[] content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{DocumentFormat.Version} {DocumentSplitter.Settings} {model.Argument}\n"));
        hash.AppendData(content);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static byte[]? TryRead(DocumentEntry entry, Action<string> warn)
    {
        try
        {
            return entry.Read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The other files are still worth reading.
            warn($"Skipped {Printable.Name(entry.File)}: {error.Message}");
            return null;
        }
    }

    private static async Task<Document?> TryParseAsync(
        DocumentReader reader, DocumentEntry entry, byte[] content, Action<string> warn, CancellationToken cancellationToken)
    {
        var file = Printable.Name(entry.File);
        try
        {
            var (document, remark) = await reader.ReadAsync(entry.File, content, cancellationToken);
            if (remark is not null)
            {
                warn(document?.Text switch
                {
                    null => $"Skipped {file}: {remark}",
                    "" => $"Found no text in {file}: {remark}",
                    _ => $"{file}: {remark}",
                });
            }

            return document;
        }
        catch (Exception error) when (error is not (OutOfMemoryException or OperationCanceledException))
        {
            warn($"Skipped {file}: {error.Message}");
            return null;
        }
    }
}
