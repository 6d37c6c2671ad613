using System.Globalization;
using System.Text;
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

    [Fact]
    public void Files_of_other_editors_are_read()
    {
        SentencePair[] pairs = [new("a “quoted”", "é", 4.4), new("c", "", 0)];
        const string Input = "a “quoted”\té\tsource\tsource\tmore\nnot\tscored\nc\t";
        const string Gold = " 4.4 \n \n0";

        Assert.Equal(pairs, Read(Input, Gold));
        Assert.Equal(pairs, Read('\uFEFF' + Input.ReplaceLineEndings("\r\n"), '\uFEFF' + Gold.ReplaceLineEndings("\r\n")));
        Assert.Equal(pairs, Read(Input.ReplaceLineEndings("\r"), Gold.ReplaceLineEndings("\n")));
        Assert.Equal(pairs, Read(Encoding.Unicode, Input, Gold));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void Sentences_in_another_encoding_are_reported(string mark)
    {
        // The byte order mark as Latin-1, because the whole text is written in that encoding.
        var text = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(mark)) + "a\tb\ncafé\td\n";

        var error = Assert.Throws<DatasetException>(() => Read(Encoding.Latin1, text, "1\n2\n"));

        Assert.Equal(
            $"{_folder.File("input.txt")}, line 1: expected text in UTF-8; found bytes E9 in this line or below; "
            + "convert the file to UTF-8.",
            error.Message);
    }

    [Fact]
    public void Sentences_of_a_later_block_in_another_encoding_are_reported_with_a_line_near_them()
    {
        var text = string.Concat(Enumerable.Repeat("a\tb\n", 100_000)) + "café\td\n";

        var error = Assert.Throws<DatasetException>(() => Read(Encoding.Latin1, text, string.Concat(Enumerable.Repeat("1\n", 100_001))));

        var line = int.Parse(error.Message.Split("line ")[1].Split(':')[0], CultureInfo.InvariantCulture);
        Assert.InRange(line, 98_000, 100_001);
    }

    [Theory]
    [InlineData(
        "a\tb\nc\td\n",
        "1\n",
        "gold.txt, line 2: expected a score, or an empty line, for each line of input.txt; found the end of the file.")]
    [InlineData("a\tb\n", "1\n2\n", "gold.txt, line 2: expected as many lines as in input.txt; found more.")]
    [InlineData(
        "a\tb\n",
        "",
        "gold.txt, line 1: expected a score, or an empty line, for each line of input.txt; found the end of the file.")]
    [InlineData("a\tb\nc d\n", "1\n2\n", "input.txt, line 2: expected two sentences separated by a tab; found no tab.")]
    [InlineData("a\tb\n", "four\n", "gold.txt, line 1: expected a number as the score; found 'four'.")]
    [InlineData("a\tb\n", "4,4\n", "gold.txt, line 1: expected a number as the score; found '4,4'.")]
    [InlineData("a\tb\n", "1e999\n", "gold.txt, line 1: expected a number as the score; found '1e999'.")]
    public void An_invalid_line_is_reported(string input, string gold, string message) =>
        Assert.Equal(_folder.File(message), Assert.Throws<DatasetException>(() => Read(input, gold)).Message);

    public void Dispose() => _folder.Dispose();

    private List<SentencePair> Read(string input, string gold) =>
        SemEvalPairs.Read(DataFile.Write(_folder, "input.txt", input), DataFile.Write(_folder, "gold.txt", gold));

    private List<SentencePair> Read(Encoding encoding, string input, string gold)
    {
        File.WriteAllText(_folder.File("input.txt"), input, encoding);
        File.WriteAllText(_folder.File("gold.txt"), gold, encoding);
        return SemEvalPairs.Read(_folder.File("input.txt"), _folder.File("gold.txt"));
    }
}
