namespace Jina.Embeddings.Tool.Batch;

/// <summary>Writes files of vectors so that another process sees either no file or the whole file.</summary>
internal static class VectorFile
{
    /// <summary>Writes a file under another name and gives it its name when it is complete.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="format">The format.</param>
    /// <param name="layout">The properties that all vectors have.</param>
    /// <param name="records">The vectors in order.</param>
    /// <param name="cancellationToken">Stops the work. The file is not created.</param>
    /// <exception cref="CommandException">The file cannot be written, or the records cannot be read.</exception>
    public static async Task WriteAsync(
        string path,
        VectorFormat format,
        VectorLayout layout,
        IAsyncEnumerable<VectorRecord> records,
        CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await using (var writer = await VectorWriters.CreateAsync(format, file, layout, cancellationToken))
                {
                    await foreach (var record in records.WithCancellation(cancellationToken))
                    {
                        await writer.WriteAsync(record, cancellationToken);
                    }

                    await writer.CompleteAsync(cancellationToken);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (IOException e)
        {
            throw new CommandException(
                $"{path}: The file cannot be written ({e.Message}). Make room, and run the command again.", ExitCode.TryAgain);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
