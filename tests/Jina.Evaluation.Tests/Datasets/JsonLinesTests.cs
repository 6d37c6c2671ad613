using Jina.Evaluation.Datasets;
using Jina.Testing;

namespace Jina.Evaluation.Tests.Datasets;

public sealed class JsonLinesTests : IDisposable
{
    private const string Pair = "{\"split\":\"test\",\"sentence1\":\"a\\t\\\"b\\\"\",\"sentence2\":\"ü\",\"score\":4}";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Pairs_are_read_from_plain_and_compressed_files()
    {
        var text = $"\uFEFF{Pair}\r\n\r\n{Pair}";
        SentencePair[] expected = [new("a\t\"b\"", "ü", 4), new("a\t\"b\"", "ü", 4)];

        Assert.Equal(expected, JsonPairs.Read(DataFile.Write(_folder, "test.jsonl", text)));
        Assert.Equal(expected, JsonPairs.Read(DataFile.WriteCompressed(_folder, "test.jsonl.gz", text)));
    }

    [Theory]
    [InlineData("{\"sentence1\":\"a\",\"sentence2\":\"b\"}", "an object with sentence1 (String), sentence2 (String)")]
    [InlineData("{\"sentence1\":\"a\",\"sentence2\":\"b\",\"score\":\"4\"}", "score (String)")]
    [InlineData("{\"sentence1\":1,\"sentence2\":\"b\",\"score\":4}", "sentence1 (Number)")]
    [InlineData("[1]", "found Array")]
    [InlineData("{\"sentence1\":", "found invalid JSON (")]
    public void An_invalid_line_is_reported(string line, string found)
    {
        var path = DataFile.Write(_folder, "test.jsonl", $"{Pair}\n\n{line}\n");

        var message = Assert.Throws<DatasetException>(() => JsonPairs.Read(path)).Message;

        Assert.StartsWith(
            $"{path}, line 3: expected a JSON object with sentence1, sentence2 and a number score; found ",
            message,
            StringComparison.Ordinal);
        Assert.Contains(found, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_compression_is_reported()
    {
        var path = DataFile.Write(_folder, "test.jsonl.gz", "this is not compressed");

        var message = Assert.Throws<DatasetException>(() => JsonPairs.Read(path)).Message;

        Assert.StartsWith($"{path}, line 1: expected gzip data; found damaged data (", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_have_one_or_more_queries_and_both_kinds_of_documents()
    {
        var path = DataFile.Write(
            _folder,
            "test.jsonl",
            """
            {"query":"q","positive":["p"],"negative":["n","m"]}
            {"query":["q","r"],"positive":["p"],"negative":["n"]}
            {"query":"skipped","positive":[],"negative":["n"]}
            {"query":"skipped","positive":["p"],"negative":[]}
            """);

        var samples = RerankingSample.Read(path);

        Assert.Equal(
            ["q|p|n,m", "q,r|p|n"],
            samples.Select(sample => $"{Joined(sample.Queries)}|{Joined(sample.Positive)}|{Joined(sample.Negative)}"));

        static string Joined(IEnumerable<string> texts) => string.Join(',', texts);
    }

    [Fact]
    public void An_invalid_sample_is_reported()
    {
        var path = DataFile.Write(_folder, "test.jsonl", "{\"query\":\"q\",\"positive\":\"p\",\"negative\":[]}\n");

        var message = Assert.Throws<DatasetException>(() => RerankingSample.Read(path)).Message;

        Assert.Contains("line 1: expected a JSON object with query and the lists", message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
