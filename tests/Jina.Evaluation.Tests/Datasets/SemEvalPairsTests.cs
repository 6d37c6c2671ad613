using Jina.Evaluation.Datasets;
using Jina.Testing;

namespace Jina.Evaluation.Tests.Datasets;

public sealed class SemEvalPairsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Pairs_without_a_score_and_sources_are_skipped() =>
        Assert.Equal(
            [new SentencePair("a \"quoted\"", "b", 4.4), new SentencePair("e", "f", 0)],
            Read("a \"quoted\"\tb\r\nc\td\r\ne\tf\thttp://x\thttp://y\r\n", "4.4\n\n0.000\n"));

    [Theory]
    [InlineData(
        "a\tb\nc\td\n",
        "1\n",
        "gold.txt, line 2: expected a score, or an empty line, for each line of input.txt; found the end of the file.")]
    [InlineData("a\tb\n", "1\n2\n", "gold.txt, line 2: expected as many lines as in input.txt; found more.")]
    [InlineData("a\tb\nc d\n", "1\n2\n", "input.txt, line 2: expected two sentences separated by a tab; found no tab.")]
    [InlineData("a\tb\n", "four\n", "gold.txt, line 1: expected a number as the score; found 'four'.")]
    public void An_invalid_line_is_reported(string input, string gold, string message) =>
        Assert.Equal(_folder.File(message), Assert.Throws<DatasetException>(() => Read(input, gold)).Message);

    public void Dispose() => _folder.Dispose();

    private List<SentencePair> Read(string input, string gold) =>
        SemEvalPairs.Read(DataFile.Write(_folder, "input.txt", input), DataFile.Write(_folder, "gold.txt", gold));
}
