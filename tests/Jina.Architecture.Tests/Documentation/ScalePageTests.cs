using Jina.Testing;
using Jina.VectorData.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace Jina.Architecture.Tests.Documentation;

/// <summary>Runs the code of docs/scale.md.</summary>
public sealed class ScalePageTests
{
    private readonly ServiceCollection services = [];

    [Fact]
    public void The_tests_compile_every_snippet() =>
        DocumentedCode.AssertCompiled("docs/scale.md", "tests/Jina.Architecture.Tests/Documentation", snippets: 1);

    [Fact]
    public async Task The_store_is_registered_as_the_abstraction()
    {
        services.AddJinaEmbeddings();
        services.AddJinaSqliteVectorStore("Data Source=rag.db");

        await using var provider = services.BuildServiceProvider();
        Assert.IsType<SqliteVectorStore>(provider.GetRequiredService<VectorStore>());
    }
}
