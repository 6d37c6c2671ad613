using Jina.Embeddings.Tool.Evaluation;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Evaluation;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> Places => new()
    {
        { "sick-r", "SICK.txt" },
        { "sick-r", "sick/SICK.txt" },
        { "stsb-dev", "stsb/stsb-en-dev.csv" },
        { "stsb-dev", "original/sts-dev.csv" },
        { "stsb-test", "STSBenchmark/sts-test.csv" },
        { "stsb-dev", "stsbenchmark-sts/validation.jsonl.gz" },
        { "sts12", "sts12-sts/test.jsonl.gz" },
        { "sts12", "sts/sts12-en-test/test.jsonl" },
        { "sts13", "STS13-en-test/test-gs/test.jsonl" },
        { "sts16", "STS/STS16-en-test/sts2016-english-with-gs-v1.0/test.jsonl" },
        { "stsb-test", "STS/STSBenchmark/sts-test.csv" },
        { "sts17", "STS17/en-en/test.jsonl" },
        { "askubuntu-dup", "test.jsonl" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void Data_is_found_in_the_folder_or_in_one_with_a_usual_name(string task, string file)
    {
        Touch(file);

        var found = DataFolder.Require(EvalTasks.Find(task)!, _folder.Path);

        Assert.True(File.Exists(Path.Combine(found.Path, EvalTasks.Find(task)!.Layouts[found.Layout].Files[0])));
    }

    [Fact]
    public void Years_of_STS_are_distinguished_by_their_subsets()
    {
        foreach (var subset in (string[])["FNWN", "headlines", "OnWN", "SMT"])
        {
            Touch($"some/STS.input.{subset}.txt");
            Touch($"some/STS.gs.{subset}.txt");
        }

        Assert.NotNull(DataFolder.Find(EvalTasks.Find("sts13")!, _folder.File("some"), anyName: true));
        Assert.Null(DataFolder.Find(EvalTasks.Find("sts12")!, _folder.File("some"), anyName: true));
        Assert.Null(DataFolder.Find(EvalTasks.Find("sts14")!, _folder.File("some"), anyName: true));
    }

    [Fact]
    public void The_year_2016_is_found_with_either_name_of_its_files()
    {
        foreach (var subset in (string[])["answer-answer", "headlines", "plagiarism", "postediting", "question-question"])
        {
            Touch($"STS2016/STS2016.input.{subset}.txt");
            Touch($"STS2016/STS2016.gs.{subset}.txt");
            Touch($"STS16-en-test/STS.input.{subset}.txt");
            Touch($"STS16-en-test/STS.gs.{subset}.txt");
        }

        Assert.NotNull(DataFolder.Find(EvalTasks.Find("sts16")!, _folder.File("STS2016"), anyName: true));
        Assert.NotNull(DataFolder.Find(EvalTasks.Find("sts16")!, _folder.File("STS16-en-test"), anyName: true));
    }

    [Fact]
    public void For_the_table_a_folder_needs_a_usual_name()
    {
        foreach (var file in (string[])["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
        {
            Touch($"scifact/{file}");
        }

        Assert.NotNull(DataFolder.Find(EvalTasks.Find("scifact")!, _folder.File("scifact"), anyName: false));
        Assert.Null(DataFolder.Find(EvalTasks.Find("quora")!, _folder.File("scifact"), anyName: false));
        Assert.NotNull(DataFolder.Find(EvalTasks.Find("quora")!, _folder.File("scifact"), anyName: true));
    }

    [Fact]
    public void The_message_says_what_was_found_and_what_was_expected()
    {
        Touch("notes.txt");

        var message = Assert.Throws<CommandException>(() => DataFolder.Require(EvalTasks.Find("sick-r")!, _folder.Path)).Message;

        Assert.Equal(
            $"{_folder.Path}: The folder has no data of sick-r; found notes.txt. "
            + "Expected, in that folder or in one named SICK-R, SICK, sickr-sts: SICK.txt; or test.jsonl; or test.jsonl.gz. "
            + "docs/quality.md says where to get it.",
            message);
    }

    [Fact]
    public void A_folder_with_a_usual_name_is_described_if_its_files_are_one_level_deeper()
    {
        Touch("STS/STS12/unpacked/STS.input.MSRpar.txt");

        var message = Assert.Throws<CommandException>(() => DataFolder.Require(EvalTasks.Find("sts12")!, _folder.Path)).Message;

        Assert.StartsWith(
            $"{_folder.File("STS/STS12")}: The folder has no data of sts12; found unpacked. ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_one_with_another_name_is_not_searched()
    {
        Touch("old/STS12/test.jsonl");
        Touch("STS12-en-test/old/test.jsonl");

        Assert.Null(DataFolder.Find(EvalTasks.Find("sts12")!, _folder.Path, anyName: true));
    }

    [Fact]
    public void Missing_files_are_reported()
    {
        Touch("scifact/corpus.jsonl");
        Touch("scifact/queries.jsonl");

        var message = Assert.Throws<CommandException>(() => DataFolder.Require(EvalTasks.Find("scifact")!, _folder.Path)).Message;

        Assert.StartsWith(
            $"{_folder.File("scifact")}: The data of scifact is incomplete; missing qrels/test.tsv. ", message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Touch(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
        File.WriteAllText(_folder.File(file), "");
    }
}
