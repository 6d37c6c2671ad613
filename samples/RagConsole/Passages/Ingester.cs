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
internal sealed record IngestCounts(int Files, int Embedded, int Unchanged, int Removed, int WithoutText, int Skipped)
{
    /// <summary>Gets a value that indicates whether the passages in the database changed.</summary>
    public bool HasChanges => Embedded + Removed > 0;

    public static IngestCounts operator +(IngestCounts one, IngestCounts other) => new(
        one.Files + other.Files,
        one.Embedded + other.Embedded,
        one.Unchanged + other.Unchanged,
        one.Removed + other.Removed,
        one.WithoutText + other.WithoutText,
        one.Skipped + other.Skipped);
}

/// <summary>Represents the progress of an ingest.</summary>
/// <param name="Bytes">The bytes of the documents that are done.</param>
/// <param name="Embedded">The passages that were embedded and stored.</param>
internal readonly record struct IngestProgress(long Bytes, int Embedded);

/// <summary>Updates a database from documents: embeds new ones, replaces changed ones and removes deleted ones.</summary>
/// <remarks>
/// The process can be killed at any moment. A document is changed only after all its passages are stored. The next run repeats
/// incomplete changes, and removes the passages that they left, even if the file no longer exists.
/// </remarks>
internal sealed class Ingester(PassageStore store, IEmbeddingGenerator<string, Embedding<float>> generator, ModelChoice model)
{
    private readonly string _settings = $"{DocumentFormats.Version} {DocumentSplitter.Settings} {model.Argument}\n";

    private FileStamp Stamp => field ??= new FileStamp(_settings);

    /// <summary>Finds the documents of a root that could have changed, without reading them.</summary>
    /// <param name="documents">The documents of the root.</param>
    /// <param name="readAll">Whether to read all documents, even if their sizes and times are as recorded.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<IngestPlan> PlanAsync(DocumentList documents, bool readAll, CancellationToken cancellationToken) =>
        IngestPlan.Create(documents, await store.ListFilesAsync(documents.Root, cancellationToken), Stamp, readAll);

    /// <summary>Finds the same for a few documents of a root.</summary>
    /// <param name="documents">Those of the documents that exist.</param>
    /// <param name="known">The records of the documents.</param>
    public IngestPlan Plan(DocumentList documents, IEnumerable<IngestedFile> known) =>
        IngestPlan.Create(documents, known, Stamp, readAll: false);

    /// <summary>Ingests the documents that changed and removes those that no longer exist.</summary>
    /// <param name="plan">The documents.</param>
    /// <param name="warn">Receives one line for each document that is found to have no text, or that cannot be read.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops the work. Passages that are already stored stay.</param>
    public async Task<IngestCounts> RunAsync(
        IngestPlan plan, Action<string> warn, Action<IngestProgress> progress, CancellationToken cancellationToken)
    {
        var tokenizer = await generator.GetRequiredService<JinaEmbeddingGenerator>().GetTokenizerAsync(cancellationToken);
        var splitter = new DocumentSplitter(tokenizer);
        using var reader = new DocumentReader(DocumentReader.DefaultBaseTime);
        var batch = new PassageBatch(store);
        var results = plan.Unchanged.ToList();
        var (replaced, bytes) = (0, 0L);
        foreach (var (entry, before) in plan.ToRead)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (after, passages) = await ReadAsync(reader, splitter, entry, before, plan.ReadsAll, warn, cancellationToken);
            if (passages is not null)
            {
                await batch.ReplaceAsync(
                    before, after!, passages, share => progress(new(bytes + (long)(share * entry.Bytes), batch.Stored)), cancellationToken);
                replaced += passages.Count;
            }
            else if (after is not null && after != before)
            {
                await batch.UpdateAsync(after, cancellationToken);
            }

            if ((after ?? before) is { } result)
            {
                results.Add(result);
            }

            bytes += entry.Bytes;
            progress(new(bytes, batch.Stored));
        }

        await batch.FinishAsync(cancellationToken);
        var removed = batch.Removed + await store.RemoveAsync(plan.Deleted, cancellationToken);
        return new IngestCounts(
            plan.Documents.Entries.Count,
            batch.Stored,
            results.Sum(file => file.Passages) - replaced,
            removed,
            results.Count(file => file.IsWithoutText),
            results.Count(file => file.IsUnreadable));
    }

    /// <summary>Determines whether a file still has the content that its passages come from.</summary>
    public bool IsCurrent(IngestedFile file, byte[] content) => file.HasVersion(ComputeHash(content));

    /// <summary>Reads a document.</summary>
    /// <returns>
    /// The new record, and the new passages. The passages are null if those in the database stay. The record is null if the file
    /// disappeared after it was listed.
    /// </returns>
    private async Task<(IngestedFile? After, IReadOnlyList<Passage>? Passages)> ReadAsync(
        DocumentReader reader,
        DocumentSplitter splitter,
        DocumentEntry entry,
        IngestedFile? before,
        bool retryProblems,
        Action<string> warn,
        CancellationToken cancellationToken)
    {
        var time = DateTime.UtcNow;
        var record = before ?? new IngestedFile { Source = entry.Source, Root = entry.Root };
        record = record with { Model = model.Argument, IngestedAt = time, Stamp = Stamp.GetReliable(entry, time) };
        byte[] content;
        try
        {
            content = entry.Read();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // The next update removes its passages.
            return default;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Permissions can change without a change of the file. Therefore, it is tried each time and reported once.
            if (before?.Problem != error.Message)
            {
                warn($"Skipped {Printable.Name(entry.File)}: {error.Message}");
            }

            return (record with { Hash = "", Stamp = "", Problem = error.Message, IngestedAt = before?.IngestedAt ?? time }, null);
        }

        var hash = ComputeHash(content);
        if (before is { IsChanging: false } && before.Hash == hash && !(retryProblems && before.Problem.Length > 0))
        {
            return (record with { IngestedAt = before.IngestedAt }, null);
        }

        if (before is { IsChanging: false, Passages: > 0 } && before.HasVersion(hash))
        {
            return (record with { Hash = hash, Problem = "", IngestedAt = before.IngestedAt }, null);
        }

        var (document, problem) = await ParseAsync(reader, entry, content, warn, cancellationToken);
        if (document is null)
        {
            // An incomplete change is repeated.
            return (record with { Hash = hash, Problem = problem, Stamp = record.IsChanging ? "" : record.Stamp }, null);
        }

        var version = IngestedFile.GetVersion(hash);
        var passages = CreatePassages(entry, document, version, splitter);
        var after = record with
        {
            Hash = hash,
            Version = version,
            Passages = passages.Count,
            IsChanging = false,
            Problem = passages.Count == 0 ? problem : "",
        };
        return (after, passages);
    }

    private static List<Passage> CreatePassages(DocumentEntry entry, Document document, string version, DocumentSplitter splitter)
    {
        return [.. splitter.Split(document).Select((chunk, number) =>
        {
            var text = document.Text[chunk.Range];
            return new Passage
            {
                Key = Passage.GetKey(entry.Source, version, number),
                Source = entry.Source,
                Root = entry.Root,
                File = entry.File,
                Title = document.Title,
                StartLine = chunk.First,
                EndLine = chunk.Last,
                Unit = document.Unit,
                Text = chunk.Above.Length == 0 ? text : $"{chunk.Above}\n{text}",
            };
        })];
    }

    /// <summary>Returns the hash of everything that the passages of a document depend on.</summary>
    private string ComputeHash(byte[] content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(_settings));
        hash.AppendData(content);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Returns the document, or null, and the reason why it has no text or cannot be read.</summary>
    private static async Task<(Document? Document, string Problem)> ParseAsync(
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

            return (document, remark ?? "It has no text.");
        }
        catch (Exception error) when (error is not (OutOfMemoryException or OperationCanceledException))
        {
            warn($"Skipped {file}: {error.Message}");
            return (null, error.Message);
        }
    }
}
