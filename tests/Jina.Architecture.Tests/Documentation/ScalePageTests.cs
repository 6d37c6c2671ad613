using Jina.Testing;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace Jina.Architecture.Tests.Documentation;

/// <summary>The code of docs/scale.md, run.</summary>
public sealed class ScalePageTests
{
    private readonly ServiceCollection services = [];

    [Fact]
    public void Every_snippet_is_code_that_these_tests_compile() =>
        DocumentedCode.AssertCompiled("docs/scale.md", "tests/Jina.Architecture.Tests/Documentation", snippets: 1);

    [Fact]
    public async Task The_code_asks_for_the_abstraction()
    {
        services.AddJinaEmbeddings();
        services.AddJinaSqliteVectorStore("Data Source=rag.db");

        await using var provider = services.BuildServiceProvider();
        Assert.IsType<SqliteVectorStore>(provider.GetRequiredService<VectorStore>());
    }
}
