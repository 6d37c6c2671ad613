using System.Text.Json;
using Jina.Testing;

namespace RagConsole.Tests;

/// <summary>The sample's own corpus, asked with the model that the repository carries.</summary>
public sealed class CorpusTests(CorpusTests.Corpus corpus) : IClassFixture<CorpusTests.Corpus>
{
    public static TheoryData<string, string> Questions => [.. Read("questions.json", "question", "file").Select(entry => (entry[0], entry[1]))];

    /// <summary>Questions that share few words with the answer.</summary>
    public static TheoryData<string, string, string> ParaphrasedQuestions =>
        [.. Read("paraphrased-questions.json", "question", "file", "answer").Select(entry => (entry[0], entry[1], entry[2]))];

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task A_question_finds_its_file_among_the_passages_that_are_shown(string question, string file)
    {
        var run = await RagProcess.RunAsync(["ask", question, "--db", corpus.Database]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"{file}:", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ParaphrasedQuestions))]
    public async Task A_question_in_other_words_finds_its_answer_among_the_passages_that_are_shown(string question, string file, string answer)
    {
        var run = await RagProcess.RunAsync(["ask", question, "--db", corpus.Database]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"{file}:", run.Output, StringComparison.Ordinal);
        Assert.Contains(answer, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_database_the_program_asks_its_own_corpus_and_says_so()
    {
        var (question, file) = Questions.First().Data;

        var run = await RagProcess.RunAsync(["ask", question]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"{file}:", run.Output, StringComparison.Ordinal);
        Assert.Contains("There is no rag.db here, so this answers from the sample's own corpus.", run.Error, StringComparison.Ordinal);
    }

    private static List<string[]> Read(string fixture, params string[] properties)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Path("tests", "RagConsole.Tests", "Fixtures", fixture)));
        return [.. json.RootElement.EnumerateArray().Select(entry => Array.ConvertAll(properties, property => entry.GetProperty(property).GetString()!))];
    }

    /// <summary>The corpus, ingested once.</summary>
    public sealed class Corpus : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        public string Database => _folder.File("corpus.db");

        public async ValueTask InitializeAsync() =>
            Assert.Equal(0, (await RagProcess.RunAsync(["ingest", Path.Combine(AppContext.BaseDirectory, "corpus"), "--db", Database, "--model", "demo"])).ExitCode);

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
