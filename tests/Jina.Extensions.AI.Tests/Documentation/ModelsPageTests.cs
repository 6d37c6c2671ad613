using Jina.Extensions.AI.Models;
using Jina.Testing;
using Microsoft.Extensions.AI;

namespace Jina.Extensions.AI.Tests.Documentation;

/// <summary>Runs the code of docs/models.md, and compares its tables and errors with the library.</summary>
public sealed class ModelsPageTests
{
    private const string Page = "docs/models.md";

    private static string Text => File.ReadAllText(RepositoryFiles.Path(Page));

    [Fact]
    public void Every_snippet_is_code_that_these_tests_compile() =>
        DocumentedCode.AssertCompiled(Page, "tests/Jina.Extensions.AI.Tests/Documentation", snippets: 2);

    [Fact]
    public void Models_by_name()
    {
        var published = JinaEmbeddingModel.BaseEnV1;
        var directory = JinaEmbeddingModel.FromDirectory("models/demo-en");
        var repository = JinaEmbeddingModel.FromHub("sentence-transformers/sentence-t5-base", revision: "main");
        var parsed = JinaEmbeddingModel.Parse("jina-embedding-b-en-v1");   // the text that a user writes, for any of the three

        Assert.Equal(published, parsed);
        Assert.Equal("demo-en", directory.Name);
        Assert.Equal(("main", null), (repository.Revision, repository.Dimensions));
    }

    [Fact]
    public async Task Late_chunking()
    {
        await using var generator = new JinaEmbeddingGenerator(new JinaEmbeddingOptions { Model = DemoModel.Model });

#pragma warning disable xUnit1051 // The page leaves out the token, for brevity.
        string[] chunks = ["Berlin is the capital of Germany.", "It has 3.8 million inhabitants."];
        var late = await generator.GenerateLateChunksAsync(chunks);   // one vector per chunk
        var query = await generator.GenerateVectorAsync("How many people live in Berlin?");   // queries are embedded as usual
#pragma warning restore xUnit1051

        Assert.Equal(chunks.Length, late.Count);
        Assert.All(late, embedding => Assert.Equal(query.Length, embedding.Vector.Length));
    }

    [Fact]
    public void The_table_has_the_revisions_and_dimensions_of_the_catalog()
    {
        string Row(string name) => Text.Split('\n').First(line => line.StartsWith($"| {name} |", StringComparison.Ordinal));

        Assert.All(ModelCatalog.All, model => Assert.Contains(model.Repository, Row("on the hub"), StringComparison.Ordinal));
        Assert.All(ModelCatalog.All, model => Assert.Contains($"`{model.Revision}`", Row("pinned commit"), StringComparison.Ordinal));
        Assert.Equal($"| dimensions | {string.Join(" | ", ModelCatalog.All.Select(model => model.Dimensions))} |", Row("dimensions"));
    }

    [Theory]
    [InlineData("bert", "config.json", "\"model_type\": \"t5\"", "\"model_type\": \"bert\"", "T5EncoderModel", "BertModel")]
    [InlineData("cls", "1_Pooling/config.json", "\"pooling_mode_cls_token\": false", "\"pooling_mode_cls_token\": true")]
    public void The_quoted_errors_are_exact(string name, string file, params string[] replacements)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(DemoModelCopy.To(folder), file);
        var changed = replacements.Chunk(2)
            .Aggregate(File.ReadAllText(path), (text, pair) => text.Replace(pair[0], pair[1], StringComparison.Ordinal));
        File.WriteAllText(path, changed);

        var error = Assert.Throws<JinaModelException>(() => JinaModelInfo.Read(folder.Path));

        Assert.Contains($"\njina-embeddings: …/{name}/{file}{error.Message[path.Length..]}\n", Text, StringComparison.Ordinal);
    }
}
