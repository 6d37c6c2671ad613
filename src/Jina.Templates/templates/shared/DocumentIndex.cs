using Jina.Extensions.AI;
using Jina.Retrieval;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace JinaApp;

/// <summary>Indexes the Markdown and text files of a folder, and finds their passages.</summary>
public sealed class DocumentIndex(
    string folder, VectorStore store, JinaEmbeddingGenerator generator, ILogger<DocumentIndex> logger)
{
    private static readonly string[] Extensions = [".md", ".txt"];

    // Hidden files, and links to other folders, are left out.
    private static readonly EnumerationOptions AllFiles = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    private readonly VectorStoreCollection<string, IndexedFile> _files = store.GetCollection<string, IndexedFile>("files");
    private readonly VectorStoreCollection<string, Passage> _passages = store.GetCollection<string, Passage>("passages");
    private readonly SemaphoreSlim _refresh = new(1, 1);

    /// <summary>Embeds new and changed files, and removes deleted ones. Unchanged files are not read.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        await _refresh.WaitAsync(cancellationToken);
        try
        {
            await _files.EnsureCollectionExistsAsync(cancellationToken);
            await _passages.EnsureCollectionExistsAsync(cancellationToken);
            var known = await _files.GetAsync(_ => true, int.MaxValue, cancellationToken: cancellationToken)
                .ToDictionaryAsync(file => file.Name, file => file.Stamp, cancellationToken: cancellationToken);
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", AllFiles))
            {
                var name = Path.GetRelativePath(folder, file.FullName).Replace('\\', '/');
                var stamp = $"{file.Length} {file.LastWriteTimeUtc.Ticks}";
                if (Extensions.Contains(file.Extension.ToLowerInvariant())
                    && file.Length > 0   // Named pipes have no length, and reading one would wait forever.
                    && !(known.Remove(name, out var before) && before == stamp))
                {
                    await ReplaceAsync(name, stamp, cancellationToken);
                }
            }

            foreach (var deleted in known.Keys)
            {
                await RemoveAsync(deleted, cancellationToken);
            }
        }
        finally
        {
            _refresh.Release();
        }
    }

    /// <summary>Returns the passages that are nearest to a question in meaning and words, best first.</summary>
    public async Task<IReadOnlyList<Passage>> FindAsync(string question, CancellationToken cancellationToken = default) =>
        await _passages.AsHybridSearchable(Keywords.FromQuestion)
            .SearchAsync(question, top: 3, cancellationToken: cancellationToken)
            .Select(result => result.Record)
            .ToListAsync(cancellationToken);

    /// <summary>Returns the lines of an indexed file, or null if the index does not contain the file.</summary>
    public async Task<string[]?> ReadAsync(string name, CancellationToken cancellationToken = default) =>
        await _files.GetAsync(name, cancellationToken: cancellationToken) is not null && File.Exists(Path.Combine(folder, name))
            ? await File.ReadAllLinesAsync(Path.Combine(folder, name), cancellationToken)
            : null;

    private async Task ReplaceAsync(string name, string stamp, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            text = await File.ReadAllTextAsync(Path.Combine(folder, name), cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("{File} cannot be read: {Reason}", name, error.Message);
            return;
        }

        // The file is recorded last. If the app ends before that, the next start indexes the file again.
        await RemoveAsync(name, cancellationToken);
        var chunker = new TokenChunker(await generator.GetTokenizerAsync(cancellationToken));
        var passages = chunker.Split(text).Select((chunk, index) => new Passage
        {
            Key = $"{name}\n{index}",
            File = name,
            StartLine = chunk.StartLine,
            EndLine = chunk.EndLine,
            Text = text[chunk.Range],
        });
        await _passages.UpsertAsync(passages, cancellationToken);
        await _files.UpsertAsync(new IndexedFile { Name = name, Stamp = stamp }, cancellationToken);
        logger.LogInformation("Indexed {File}", name);
    }

    private async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        await _files.DeleteAsync(name, cancellationToken);
        var keys = await _passages.GetAsync(passage => passage.File == name, int.MaxValue, cancellationToken: cancellationToken)
            .Select(passage => passage.Key)
            .ToListAsync(cancellationToken);
        await _passages.DeleteAsync(keys, cancellationToken);
    }
}
