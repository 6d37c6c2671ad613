using Jina.Evaluation.Datasets;

namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Lists the tasks. Names, subsets and sizes are those of MTEB.</summary>
/// <remarks>https://github.com/embeddings-benchmark/mteb, mteb/tasks; a year of STS is one list of pairs with one correlation.</remarks>
internal static class EvalTasks
{
    private const string TestFile = "test.jsonl";

    public static IReadOnlyList<EvalTask> All { get; } =
    [
        Year("sts12", 3108, "STS", "test-gold", "MSRpar", "MSRvid", "SMTeuroparl", "surprise.OnWN", "surprise.SMTnews"),
        Year("sts13", 1500, "STS", "test-gs", "FNWN", "headlines", "OnWN"),
        Year("sts14", 3750, "STS", "sts-en-test-gs-2014", "deft-forum", "deft-news", "headlines", "images", "OnWN", "tweet-news"),
        Year("sts15", 3000, "STS", "test_evaluation_task2a", "answers-forums", "answers-students", "belief", "headlines", "images"),
        Year(
            "sts16", 1186, "STS2016", "sts2016-english-with-gs-v1.0",
            "answer-answer", "headlines", "plagiarism", "postediting", "question-question"),
        new SimilarityTask(
            "sts17", "STS17", ["STS17", "STS17-en-test", "STS2017", "sts17-crosslingual-sts"], 250,
            [PairLayout.SemEval("STS", "track5.en-en"), .. PairLayout.Json("en-en/test.jsonl", TestFile)]),
        Benchmark("dev", 1500, "validation.jsonl", "dev.jsonl"),
        Benchmark("test", 1379, TestFile),
        new SimilarityTask(
            "sick-r", "SICK-R", ["SICK-R", "SICK", "sickr-sts"], 9927,
            [PairLayout.File("SICK.txt", TabbedPairs.ReadSick), .. PairLayout.Json(TestFile)]),
        new RetrievalTask("scifact", "SciFact", ["scifact"], Queries: 300, Documents: 5183),
        new RetrievalTask("trec-covid", "TRECCOVID", ["trec-covid", "treccovid"], Queries: 50, Documents: 171332),
        new RetrievalTask("quora", "QuoraRetrieval", ["quora"], Queries: 10000, Documents: 522931) { IgnoresIdenticalIds = true },
        new RerankingTask(
            "askubuntu-dup", "AskUbuntuDupQuestions",
            ["askubuntudupquestions-reranking", "askubuntudupquestions", "askubuntu-dup"]),
        new RerankingTask(
            "stackoverflow-dup", "StackOverflowDupQuestions",
            ["stackoverflowdupquestions-reranking", "stackoverflowdupquestions", "stackoverflow-dup"]),
    ];

    /// <summary>Returns the task with a name, ignoring case; or null.</summary>
    public static EvalTask? Find(string name) =>
        All.FirstOrDefault(task => task.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <param name="name">The name of the task.</param>
    /// <param name="pairs">The number of pairs.</param>
    /// <param name="prefix">The prefix of SemEval's file names.</param>
    /// <param name="archive">The name of the folder in SemEval's archive.</param>
    /// <param name="subsets">The year's subsets.</param>
    private static SimilarityTask Year(string name, int pairs, string prefix, string archive, params string[] subsets)
    {
        var upper = name.ToUpperInvariant();
        string[] prefixes = prefix == "STS" ? [prefix] : [prefix, "STS"];
        return new SimilarityTask(
            name, upper, [upper, $"{upper}-en-test", $"{upper[..3]}20{upper[3..]}", $"{name}-sts", archive], pairs,
            [.. prefixes.Select(start => PairLayout.SemEval(start, subsets)), .. PairLayout.Json(TestFile)]);
    }

    private static SimilarityTask Benchmark(string part, int pairs, params string[] json) => new(
        $"stsb-{part}", part == "test" ? "STSBenchmark" : "STSBenchmark (validation)", ["stsb", "stsbenchmark", "stsbenchmark-sts"], pairs,
        [
            PairLayout.File($"stsb-en-{part}.csv", CsvPairs.Read),
            PairLayout.File($"sts-{part}.csv", TabbedPairs.ReadBenchmark),
            PairLayout.File($"original/sts-{part}.csv", TabbedPairs.ReadBenchmark),
            .. PairLayout.Json(json),
        ]);
}
