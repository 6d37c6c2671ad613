using Jina.Evaluation.Datasets;
using Jina.Testing;

namespace Jina.Evaluation.Tests.Datasets;

public sealed class JsonLinesTests : IDisposable
{
    private const string Pair = "{\"split\":\"test\",\"sentence1\":\"a\\t\\\"b\\\"\",\"sentence2\":\"ü\",\"score\":4}";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Pairs_are_read_packed_or_not()
    {
        var text = $"\uFEFF{Pair}\r\n\r\n{Pair}";
        SentencePair[] expected = [new("a\t\"b\"", "ü", 4), new("a\t\"b\"", "ü", 4)];

        Assert.Equal(expected, JsonPairs.Read(Written.To(_folder, "test.jsonl", text)));
        Assert.Equal(expected, JsonPairs.Read(Written.Packed(_folder, "test.jsonl.gz", text)));
    }

    [Theory]
    [InlineData("{\"sentence1\":\"a\",\"sentence2\":\"b\"}", "an object with sentence1 (String), sentence2 (String)")]
    [InlineData("{\"sentence1\":\"a\",\"sentence2\":\"b\",\"score\":\"4\"}", "score (String)")]
    [InlineData("{\"sentence1\":1,\"sentence2\":\"b\",\"score\":4}", "sentence1 (Number)")]
    [InlineData("[1]", "found Array")]
    [InlineData("{\"sentence1\":", "found no JSON (")]
    public void A_line_that_is_none_is_named(string line, string found)
    {
        var path = Written.To(_folder, "test.jsonl", $"{Pair}\n\n{line}\n");

        var message = Assert.Throws<DatasetException>(() => JsonPairs.Read(path)).Message;

        Assert.StartsWith($"{path}, line 3: expected a JSON object with sentence1, sentence2 and a number score; found ", message, StringComparison.Ordinal);
        Assert.Contains(found, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_packing_is_named()
    {
        var path = Written.To(_folder, "test.jsonl.gz", "this was never packed");

        Assert.StartsWith($"{path}, line 1: expected gzip data; found damage (", Assert.Throws<DatasetException>(() => JsonPairs.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_have_one_query_or_several_and_need_both_kinds_of_documents()
    {
        var path = Written.To(
            _folder,
            "test.jsonl",
            """
            {"query":"q","positive":["p"],"negative":["n","m"]}
            {"query":["q","r"],"positive":["p"],"negative":["n"]}
            {"query":"left out","positive":[],"negative":["n"]}
            {"query":"left out","positive":["p"],"negative":[]}
            """);

        var samples = RerankingSample.Read(path);

        Assert.Equal(["q|p|n,m", "q,r|p|n"], samples.Select(sample => string.Join('|', new[] { sample.Queries, sample.Positive, sample.Negative }.Select(texts => string.Join(',', texts)))));
    }

    [Fact]
    public void A_sample_that_is_none_is_named()
    {
        var path = Written.To(_folder, "test.jsonl", "{\"query\":\"q\",\"positive\":\"p\",\"negative\":[]}\n");

        Assert.Contains("line 1: expected a JSON object with query and the lists", Assert.Throws<DatasetException>(() => RerankingSample.Read(path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
