using RagConsole.Documents;

namespace RagConsole.Passages;

/// <summary>Represents the lines of a file around a passage.</summary>
/// <param name="StartLine">The number of the first line, counted from 1.</param>
/// <param name="Lines">The lines, including those of the passage.</param>
internal sealed record PassageContext(int StartLine, IReadOnlyList<string> Lines);

/// <summary>Reads the lines around passages from their files.</summary>
internal sealed class PassageContextReader(PassageStore store, Ingester ingester)
{
    /// <summary>Returns the lines of a passage and the lines around it.</summary>
    /// <param name="passage">The passage.</param>
    /// <param name="count">The number of lines before and after the passage.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Null if the format is not lines of text, or if the file changed after it was ingested.</returns>
    public async Task<PassageContext?> ReadAsync(Passage passage, int count, CancellationToken cancellationToken)
    {
        if (passage.Unit != PlaceUnit.Line || DocumentEntry.FindPath(passage.Source) is not { } path
            || await store.Files.GetAsync(passage.Source, cancellationToken: cancellationToken) is not { } file)
        {
            return null;
        }

        byte[] content;
        try
        {
            content = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        if (!ingester.IsCurrent(file, content) || TextDecoder.Decode(content).Text is not { } text)
        {
            return null;
        }

        var lines = TextLines.Split(text);
        var (from, to) = (Math.Max(1, passage.StartLine - (long)count), Math.Min(lines.Length, passage.EndLine + (long)count));
        return from > to ? null : new PassageContext((int)from, lines[((int)from - 1)..(int)to]);
    }
}
