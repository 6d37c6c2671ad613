using Jina.Extensions.AI;
using RagConsole.Documents;
using RagConsole.Output;
using RagConsole.Passages;

namespace RagConsole.Mcp;

/// <summary>Reads parts of indexed files, within a number of tokens.</summary>
internal sealed class FileReader(T5Tokenizer tokenizer) : IDisposable
{
    /// <summary>The most lines, pages or other parts that one call returns.</summary>
    public const int MaxLines = 1000;

    /// <summary>One process reads all documents with a parser, for one caller at a time.</summary>
    private readonly DocumentReader _reader = new(DocumentReader.DefaultBaseTime);

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Returns lines of a file.</summary>
    /// <param name="file">The record of the file.</param>
    /// <param name="name">The name of the file in the result.</param>
    /// <param name="start">The place to start at.</param>
    /// <param name="count">The maximum number of lines, pages or other parts.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ToolException">The file cannot be read or does not have the line.</exception>
    public async Task<FileExcerpt> ReadAsync(
        IngestedFile file, string name, NextPlace start, int count, CancellationToken cancellationToken)
    {
        var document = await ParseAsync(file, IndexedFiles.Locate(file), cancellationToken);
        var lines = DocumentLines.Split(document);
        var unit = document.Unit == PlaceUnit.SourceLine ? "line" : document.Unit.ToString().ToLowerInvariant();
        var hasHeaders = document.Unit is PlaceUnit.Page or PlaceUnit.Slide or PlaceUnit.Chapter or PlaceUnit.Message;
        var last = lines.Max(line => line.Number);
        if (start.StartLine > last)
        {
            throw new ToolException($"{Printable.Name(name)} has {last} {unit}s, so it does not have {unit} {start.StartLine}.");
        }

        var (text, end, next) = (new List<string>(), start.StartLine, (NextPlace?)null);
        var budget = new TokenBudget(tokenizer, TokenBudget.ResultTokens);
        foreach (var line in lines.Where(line => line.Number >= start.StartLine))
        {
            if (line.Number >= (long)start.StartLine + count)
            {
                next = new(line.Number, 0);
                break;
            }

            var skipped = line.Number == start.StartLine ? start.StartCharacter : 0;
            if (skipped > line.Text.Length)
            {
                throw new ToolException(
                    $"The {unit} {line.Number} has {line.Text.Length} characters, so it does not have character {skipped}.");
            }

            var rest = line.Text[skipped..];
            var shown = hasHeaders && skipped == 0 ? $"[{unit} {line.Number}]\n{rest}" : rest;
            if (budget.TryTake(shown))
            {
                text.Add(shown);
                end = line.Number;
                continue;
            }

            next = new(line.Number, skipped);
            if (text.Count == 0)
            {
                var beginning = budget.TakeBeginning(rest);
                text.Add(beginning);
                next = new(line.Number, skipped + beginning.Length);
            }

            break;
        }

        return new FileExcerpt(name, unit, start.StartLine, end, last, string.Join('\n', text), next);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _turn.Dispose();
    }

    private async Task<Document> ParseAsync(IngestedFile file, string path, CancellationToken cancellationToken)
    {
        byte[] content;
        try
        {
            var bytes = new FileInfo(path).Length;
            content = bytes <= DocumentFolder.MaxBytes
                ? await File.ReadAllBytesAsync(path, cancellationToken)
                : throw new ToolException($"{Printable.Name(file.File)} is now larger than {DocumentFolder.MaxBytes >> 20} MB.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{Printable.Name(file.File)} cannot be read: {error.Message}");
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            var (document, remark) = await _reader.ReadAsync(file.File, content, cancellationToken);
            return document is { Text.Length: > 0 }
                ? document
                : throw new ToolException($"{Printable.Name(file.File)} has no text that can be read: {remark}");
        }
        finally
        {
            _turn.Release();
        }
    }
}
