using Jina.Extensions.AI;
using RagConsole.Documents;
using RagConsole.Search;

namespace RagConsole.Tests.Search;

public sealed class PassageTests
{
    [Fact]
    public void A_passage_is_its_document_between_the_offsets()
    {
        var text = string.Join("\n\n", Enumerable.Range(1, 60).Select(i => $"The station number {i} measures the wind."));
        var chunker = new TokenChunker(DemoTokenizer.Instance);

        var passages = Passage.From([new Document("a.md", text), new Document("empty.md", string.Empty)], chunker);

        Assert.True(passages.Count > 3);
        Assert.All(passages.Zip(chunker.Split(text)), pair =>
            Assert.Equal(new Passage("a.md", pair.Second.StartLine, pair.Second.EndLine, text[pair.Second.Start..pair.Second.End]), pair.First));
    }
}
