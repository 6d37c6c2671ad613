using Jina.Evaluation.Datasets;
using Jina.Testing;

namespace Jina.Evaluation.Tests.Datasets;

public sealed class BeirFolderTests : IDisposable
{
    private const string Heading = "query-id\tcorpus-id\tscore\n";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Queries_with_judgements_are_kept_in_their_order()
    {
        Write($"{Heading}q2\td1\t1\nq1\td1\t0\nq2\td2\t-1\nq2\td1\t2\nelsewhere\td1\t1\n", "{\"_id\":\"q1\",\"text\":\"one\"}\n{\"_id\":\"q3\",\"text\":\"three\"}\n{\"_id\":\"q2\",\"text\":\"two\"}\n");

        var queries = BeirFolder.Open(_folder.Path).Queries;

        Assert.Equal([("q1", "one"), ("q2", "two")], queries.Select(query => (query.Id, query.Text)));
        Assert.Equal(new Dictionary<string, int> { ["d1"] = 2, ["d2"] = -1 }, queries[1].Relevance);
    }

    [Fact]
    public void Documents_are_embedded_with_their_titles()
    {
        Write(Heading, "");
        Written.To(
            _folder,
            "corpus.jsonl",
            """
            {"_id":"1","title":"Rain","text":"Empty it."}
            {"_id":"2","title":"","text":" no title "}
            {"_id":"3","text":"none at all","metadata":{}}
            {"_id":"4","title":"Title","text":""}
            """);

        Assert.Equal(["Rain Empty it.", "no title", "none at all", "Title"], BeirFolder.Open(_folder.Path).Documents().Select(document => document.TitleAndText));
    }

    [Fact]
    public void Files_may_be_packed()
    {
        Written.To(_folder, "qrels/test.tsv", $"{Heading}q\t1\t1\n");
        Written.Packed(_folder, "queries.jsonl.gz", "{\"_id\":\"q\",\"text\":\"t\"}\n");
        Written.Packed(_folder, "corpus.jsonl.gz", "{\"_id\":\"1\",\"text\":\"t\"}\n");

        var task = BeirFolder.Open(_folder.Path);

        Assert.Equal((1, 1), (task.Queries.Count, task.Documents().Count()));
    }

    [Fact]
    public void The_corpus_is_read_as_far_as_it_is_wanted()
    {
        Write(Heading, "");
        Written.To(_folder, "corpus.jsonl", "{\"_id\":\"1\",\"text\":\"a\"}\n{\"id\":\"2\"}\n");
        var documents = BeirFolder.Open(_folder.Path).Documents();

        Assert.Equal("1", documents.First().Id);
        Assert.Equal(
            $"{_folder.File("corpus.jsonl")}, line 2: expected a JSON object with _id and text; found an object with id (String).",
            Assert.Throws<DatasetException>(() => documents.Count()).Message);
    }

    [Theory]
    [InlineData("q1 d1 1")]
    [InlineData("q1\td1\t0.5")]
    [InlineData("q1\td1")]
    public void A_judgement_that_is_none_is_named(string line)
    {
        Write($"{Heading}q1\td1\t1\n{line}\n", "");

        Assert.Equal(
            $"{Path.Combine(_folder.Path, "qrels", "test.tsv")}, line 3: expected query id, document id and a whole number with tabs between; found '{line}'.",
            Assert.Throws<DatasetException>(() => BeirFolder.Open(_folder.Path)).Message);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains(Path.Combine("qrels", "test.tsv"), Assert.Throws<DatasetException>(() => BeirFolder.Open(_folder.Path)).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private void Write(string judgements, string queries)
    {
        Written.To(_folder, "qrels/test.tsv", judgements);
        Written.To(_folder, "queries.jsonl", queries);
    }
}
