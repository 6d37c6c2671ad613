using Jina.Evaluation.Datasets;
using Jina.Testing;

namespace Jina.Evaluation.Tests.Datasets;

public sealed class BeirFolderTests : IDisposable
{
    private const string Header = "query-id\tcorpus-id\tscore\n";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Queries_with_judgments_keep_their_order()
    {
        Write(
            $"{Header}q2\td1\t1\nq1\td1\t0\nq2\td2\t-1\nq2\td1\t2\nelsewhere\td1\t1\n",
            "{\"_id\":\"q1\",\"text\":\"one\"}\n{\"_id\":\"q3\",\"text\":\"three\"}\n{\"_id\":\"q2\",\"text\":\"two\"}\n");

        var queries = BeirFolder.Open(_folder.Path).Queries;

        Assert.Equal([("q1", "one"), ("q2", "two")], queries.Select(query => (query.Id, query.Text)));
        Assert.Equal(new Dictionary<string, int> { ["d1"] = 2, ["d2"] = -1 }, queries[1].Relevance);
    }

    [Fact]
    public void The_split_selects_the_queries()
    {
        Write($"{Header}q1\td1\t1\n", "{\"_id\":\"q1\",\"text\":\"one\"}\n{\"_id\":\"q2\",\"text\":\"two\"}\n");
        DataFile.Write(_folder, "qrels/train.tsv", $"{Header}q2\td1\t1\n");

        Assert.Equal(["q1"], BeirFolder.Open(_folder.Path).Queries.Select(query => query.Id));
        Assert.Equal(["q2"], BeirFolder.Open(_folder.Path, "train").Queries.Select(query => query.Id));
    }

    [Fact]
    public void Documents_are_embedded_with_their_titles()
    {
        Write(Header, "");
        DataFile.Write(
            _folder,
            "corpus.jsonl",
            """
            {"_id":"1","title":"Rain","text":"Empty it."}
            {"_id":"2","title":"","text":" no title "}
            {"_id":"3","text":"none at all","metadata":{}}
            {"_id":"4","title":"Title","text":""}
            """);

        var documents = BeirFolder.Open(_folder.Path).Documents();

        Assert.Equal(["Rain Empty it.", "no title", "none at all", "Title"], documents.Select(document => document.TitleAndText));
    }

    [Fact]
    public void Files_can_be_compressed()
    {
        DataFile.Write(_folder, "qrels/test.tsv", $"{Header}q\t1\t1\n");
        DataFile.WriteCompressed(_folder, "queries.jsonl.gz", "{\"_id\":\"q\",\"text\":\"t\"}\n");
        DataFile.WriteCompressed(_folder, "corpus.jsonl.gz", "{\"_id\":\"1\",\"text\":\"t\"}\n");

        var task = BeirFolder.Open(_folder.Path);

        Assert.Equal((1, 1), (task.Queries.Count, task.Documents().Count()));
    }

    [Fact]
    public void The_corpus_is_read_lazily()
    {
        Write(Header, "");
        DataFile.Write(_folder, "corpus.jsonl", "{\"_id\":\"1\",\"text\":\"a\"}\n{\"id\":\"2\"}\n");
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
    public void An_invalid_judgment_is_reported(string line)
    {
        Write($"{Header}q1\td1\t1\n{line}\n", "");

        var path = Path.Combine(_folder.Path, "qrels", "test.tsv");
        Assert.Equal(
            $"{path}, line 3: expected query ID, document ID and an integer, separated by tabs; found '{line}'.",
            Assert.Throws<DatasetException>(() => BeirFolder.Open(_folder.Path)).Message);
    }

    [Fact]
    public void A_missing_file_is_reported()
    {
        var message = Assert.Throws<DatasetException>(() => BeirFolder.Open(_folder.Path)).Message;

        Assert.Contains(Path.Combine("qrels", "test.tsv"), message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string judgments, string queries)
    {
        DataFile.Write(_folder, "qrels/test.tsv", judgments);
        DataFile.Write(_folder, "queries.jsonl", queries);
    }
}
