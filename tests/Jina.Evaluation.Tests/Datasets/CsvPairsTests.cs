using System.Text;
using Jina.Evaluation.Datasets;
using Jina.Testing;

namespace Jina.Evaluation.Tests.Datasets;

public sealed class CsvPairsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Sentences_can_contain_quotes_commas_and_line_breaks()
    {
        var pairs = Read("A man.,\"He said \"\"no\"\", twice.\",4.75\r\n\"Two\nlines\",\"\",0.0\r\n\r\n \ta , b\t,5\r\n");

        Assert.Equal(
            [
                new SentencePair("A man.", "He said \"no\", twice.", 4.75),
                new SentencePair("Two\nlines", "", 0),
                new SentencePair(" \ta ", " b\t", 5),
            ],
            pairs);
    }

    [Fact]
    public void A_byte_order_mark_is_skipped() => Assert.Equal("Ü", Assert.Single(Read("\uFEFFÜ,b,1\n")).First);

    [Fact]
    public void Sentences_in_another_encoding_are_reported()
    {
        var path = _folder.File("pairs.csv");
        File.WriteAllText(path, "a,b,1\ncafé,c,2\n", Encoding.Latin1);

        Assert.Equal(
            $"{path}, line 1: expected text in UTF-8; found bytes E9 in this line or below; convert the file to UTF-8.",
            Assert.Throws<DatasetException>(() => CsvPairs.Read(path)).Message);
    }

    [Theory]
    [InlineData("a,b,1\na,b\n", "line 2: expected sentence, sentence and score", "found 2 columns")]
    [InlineData("a,b,1\n\"a\nb\",c,1\na,b,c,1\n", "line 4: expected sentence, sentence and score", "found 4 columns")]
    [InlineData("a,b,good\n", "line 1: expected a number as the score", "'good'")]
    [InlineData("a,b,NaN\n", "line 1: expected a number as the score", "'NaN'")]
    [InlineData("a,b,1\n\"a,b,2\nc,d,3\n", "line 2: expected sentence, sentence and score", "")]
    public void An_invalid_line_is_reported(string text, params string[] words)
    {
        var error = Assert.Throws<DatasetException>(() => Read(text));

        Assert.StartsWith($"{_folder.File("pairs.csv")}, ", error.Message, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private List<SentencePair> Read(string text) => CsvPairs.Read(DataFile.Write(_folder, "pairs.csv", text));
}
