using System.Text;
using Jina.Extensions.AI;
using Jina.Testing;
using RagConsole.Documents;
using RagConsole.Documents.Html;
using RagConsole.Passages;

namespace RagConsole.Tests.Passages;

public sealed class DocumentSplitterTests
{
    [Theory]
    [InlineData("<p>{0}</p>")]
    [InlineData("<pre>{0}</pre>")]
    [InlineData("<table><tr><td>{0}</table>")]
    [InlineData("{0}")]
    public async Task Each_chunk_of_a_long_element_has_its_own_lines(string element)
    {
        var lines = string.Join('\n', Enumerable.Range(1, 400).Select(line => $"line{line} has these words."));
        var document = HtmlText.Read(Encoding.UTF8.GetBytes(string.Format(null, element, lines))).Document!;

        var chunks = await SplitAsync(document);

        Assert.True(chunks.Count > 10);
        foreach (var chunk in chunks)
        {
            // The words of the text are the lines' numbers, without the first and the last, which a chunk can have in part.
            var text = document.Text[chunk.Range];
            var numbers = Numbers(text);
            Assert.InRange(chunk.First, numbers[0] - 1, numbers[0]);
            Assert.Equal(numbers[^1], chunk.Last);
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Long_texts_have_the_same_lines_in_all_pieces(string lineEnd)
    {
        const int Lines = 12_000;
        var text = string.Join(lineEnd, Enumerable.Range(1, Lines).Select(line => $"line{line} has these words."));
        Assert.True(text.Length > DocumentSplitter.PieceLength);

        var chunks = await SplitAsync(new Document(text));

        Assert.All(chunks, chunk => Assert.Equal(Numbers(text[chunk.Range])[^1], chunk.Last));
        Assert.Equal(Enumerable.Range(1, Lines), chunks.SelectMany(chunk => Numbers(text[chunk.Range])).Distinct());
    }

    [Fact]
    public async Task A_single_long_word_is_split_in_pieces_that_contain_all_of_it()
    {
        var text = string.Concat(Enumerable.Repeat("😀", DocumentSplitter.PieceLength));

        var chunks = await SplitAsync(new Document(text));

        var covered = 0;
        foreach (var chunk in chunks)
        {
            var part = text[chunk.Range];
            Assert.InRange(chunk.Range.Start.Value, 0, covered);
            Assert.True(char.IsHighSurrogate(part[0]) && char.IsLowSurrogate(part[^1]));
            covered = chunk.Range.End.Value;
        }

        Assert.Equal(text.Length, covered);
    }

    [Fact]
    public async Task No_chunk_is_in_two_sections()
    {
        const string Text = "# Title\n\n## First\n\nOne.\n\n## Second\n\nTwo.\n\nThree.\n### Third\nFour.";

        var chunks = await SplitAsync(new Document(Text));

        Assert.Equal(
            ["# Title\n\n## First\n\nOne.", "## Second\n\nTwo.\n\nThree.", "### Third\nFour."], chunks.Select(chunk => Text[chunk.Range]));
        Assert.Equal([(1, 5), (7, 11), (12, 13)], chunks.Select(chunk => (chunk.First, chunk.Last)));
    }

    [Fact]
    public async Task A_chunk_has_the_places_of_its_text()
    {
        var document = new Document("one\ntwo\nthree", [new SourceRun(0, 7), new SourceRun(4, 8), new SourceRun(8, 9)]);

        var chunk = Assert.Single(await SplitAsync(document));

        Assert.Equal((7, 9), (chunk.First, chunk.Last));
    }

    private static int[] Numbers(string text) =>
        [.. text.Split(["line", " ", "\r", "\n"], StringSplitOptions.None).Where(word => int.TryParse(word, out _)).Select(int.Parse)];

    private static async Task<IReadOnlyList<DocumentChunk>> SplitAsync(Document document)
    {
        using var generator = new JinaEmbeddingGenerator(
            new JinaEmbeddingOptions { Model = JinaEmbeddingModel.FromDirectory(RepositoryFiles.Path("models", "demo-en")) });
        var tokenizer = await generator.GetTokenizerAsync(TestContext.Current.CancellationToken);
        return new DocumentSplitter(tokenizer).Split(document);
    }
}
