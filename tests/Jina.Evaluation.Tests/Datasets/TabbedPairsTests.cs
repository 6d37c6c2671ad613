using Jina.Evaluation.Datasets;
using Jina.Testing;

namespace Jina.Evaluation.Tests.Datasets;

public sealed class TabbedPairsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_quote_is_an_ordinary_character()
    {
        var path = DataFile.Write(
            _folder,
            "sts-dev.csv",
            "main\tfile\t2014\t0097\t4.2\tA \"U2\" sign.\t\"Open\r\nmain\tfile\t2015\t1\t3\ta\tb\tsource\tsource\n");

        Assert.Equal([new SentencePair("A \"U2\" sign.", "\"Open", 4.2), new SentencePair("a", "b", 3)], TabbedPairs.ReadBenchmark(path));
    }

    [Fact]
    public void An_invalid_line_of_the_benchmark_is_reported()
    {
        var path = DataFile.Write(_folder, "sts-dev.csv", "main\tfile\t2014\t0097\t4.2\ta\tb\nmain\tfile\t2014\t4.2\ta\tb\n");

        Assert.Equal(
            $"{path}, line 2: expected genre, file, year, ID, score, sentence and sentence, separated by tabs; found 6 columns.",
            Assert.Throws<DatasetException>(() => TabbedPairs.ReadBenchmark(path)).Message);
    }

    [Fact]
    public void Sick_is_read_by_the_names_of_its_columns()
    {
        var path = DataFile.Write(
            _folder,
            "SICK.txt",
            "\uFEFFpair_ID\tsentence_A\tsentence_B\tentailment_label\trelatedness_score\tSemEval_set\n"
            + "1\ta\tb\tNEUTRAL\t4.5\tTRAIN\n2\tc\td\tNEUTRAL\t3\tTEST\n");

        Assert.Equal([new SentencePair("a", "b", 4.5), new SentencePair("c", "d", 3)], TabbedPairs.ReadSick(path));
    }

    [Theory]
    [InlineData("pair_ID\tsentence_A\tsentence_B\n", "line 1: expected a header with sentence_A, sentence_B, relatedness_score")]
    [InlineData("sentence_A\tsentence_B\trelatedness_score\na\tb\n", "line 2: expected at least 3 columns, separated by tabs; found 2.")]
    [InlineData("sentence_A\tsentence_B\trelatedness_score\na\tb\t\n", "line 2: expected a number as the score; found ''.")]
    public void An_invalid_line_of_Sick_is_reported(string text, string message)
    {
        var path = DataFile.Write(_folder, "SICK.txt", text);

        Assert.Contains(message, Assert.Throws<DatasetException>(() => TabbedPairs.ReadSick(path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
