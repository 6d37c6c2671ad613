using System.Text.Json;
using Jina.Extensions.AI;
using Jina.Testing;
using RagConsole.Documents;
using RagConsole.Search;

namespace RagConsole.Tests.Search;

/// <summary>The sample's own corpus, asked with the model that the repository carries.</summary>
public sealed class CorpusTests(CorpusTests.Corpus corpus) : IClassFixture<CorpusTests.Corpus>
{
    private const int Top = 3;

    public static TheoryData<string, string> Questions
    {
        get
        {
            using var json = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Path("tests", "RagConsole.Tests", "Fixtures", "questions.json")));
            return [.. json.RootElement.EnumerateArray().Select(entry => (entry.GetProperty("question").GetString()!, entry.GetProperty("file").GetString()!))];
        }
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task A_question_finds_its_file_among_the_passages_that_are_shown(string question, string file)
    {
        var hits = await corpus.Index.SearchAsync(question, Top, TestContext.Current.CancellationToken);

        Assert.Contains(file, hits.Select(hit => hit.Passage.File));
    }

    [Fact]
    public async Task The_program_asks_its_own_corpus_by_default()
    {
        var (question, file) = Questions.First().Data;

        var run = await RagProcess.RunAsync(["ask", question]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"{file}:", run.Output, StringComparison.Ordinal);
    }

    /// <summary>The corpus, embedded once.</summary>
    public sealed class Corpus : IAsyncLifetime
    {
        private readonly JinaEmbeddingGenerator _generator = new(
            new JinaEmbeddingOptions { Model = JinaEmbeddingModel.FromDirectory(RepositoryFiles.Path("models", "demo-en")) });

        internal PassageIndex Index { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var documents = DocumentFolder.Read(Path.Combine(AppContext.BaseDirectory, "corpus"), Assert.Fail);
            var chunker = new TokenChunker(await _generator.GetTokenizerAsync());
            Index = await PassageIndex.CreateAsync(_generator, Passage.From(documents, chunker), static _ => { }, CancellationToken.None);
        }

        public ValueTask DisposeAsync() => _generator.DisposeAsync();
    }
}
