using System.Text.Json;
using Jina.Testing;

namespace RagConsole.Tests.Commands;

/// <summary>Asks questions about the corpus of the sample with the model of the repository.</summary>
public sealed class CorpusTests(CorpusTests.Corpus corpus) : IClassFixture<CorpusTests.Corpus>
{
    public static TheoryData<string, string> Questions =>
        [.. Read("questions.json", "question", "file").Select(entry => (entry[0], entry[1]))];

    /// <summary>Gets questions that share few words with the answer.</summary>
    public static TheoryData<string, string, string> ParaphrasedQuestions =>
        [.. Read("paraphrased-questions.json", "question", "file", "answer").Select(entry => (entry[0], entry[1], entry[2]))];

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task The_passages_for_a_question_include_its_file(string question, string file)
    {
        var run = await RagProcess.RunAsync(["ask", question, "--db", corpus.Database]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"{file}:", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ParaphrasedQuestions))]
    public async Task The_passages_for_a_paraphrased_question_include_its_answer(string question, string file, string answer)
    {
        var run = await RagProcess.RunAsync(["ask", question, "--db", corpus.Database]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"{file}:", run.Output, StringComparison.Ordinal);
        Assert.Contains(answer, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_database_the_program_searches_its_own_corpus_and_says_so()
    {
        var (question, file) = Questions.First().Data;

        var run = await RagProcess.RunAsync(["ask", question]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"{file}:", run.Output, StringComparison.Ordinal);
        Assert.Contains(
            "This folder has no rag.db, so the answer comes from the corpus of the sample.", run.Error, StringComparison.Ordinal);
    }

    private static List<string[]> Read(string fixture, params string[] properties)
    {
        var path = RepositoryFiles.Path("tests", "RagConsole.Tests", "Fixtures", fixture);
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        var entries = json.RootElement.EnumerateArray();
        return [.. entries.Select(entry => Array.ConvertAll(properties, name => entry.GetProperty(name).GetString()!))];
    }

    /// <summary>Represents the corpus, ingested once.</summary>
    public sealed class Corpus : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        public string Database => _folder.File("corpus.db");

        public async ValueTask InitializeAsync()
        {
            var corpus = Path.Combine(AppContext.BaseDirectory, "corpus");
            var run = await RagProcess.RunAsync(["ingest", corpus, "--db", Database, "--model", "demo"]);
            Assert.Equal(0, run.ExitCode);
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
