using Jina.Testing;

[assembly: AssemblyFixture(typeof(Jina.Packaging.Tests.PackageFeed))]

namespace Jina.Packaging.Tests;

/// <summary>Packs all packages of the repository with a unique version into a folder, which is used as a package source.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    /// <summary>
    /// The package of samples/RagConsole. Users get a list of packages, one for each system. The one of the tests is for all systems,
    /// because it contains what the tests were built with.
    /// </summary>
    public const string RagTool = "Jina.Rag.Tool";

    public static readonly string[] Packages =
    [
        "Jina.Extensions.AI", "Jina.Retrieval", "Jina.SemanticKernel", "Jina.Agents", "Jina.VectorData.Sqlite",
        "Jina.Embeddings.AspNetCore", "Jina.Embeddings.Tool", "Jina.Embeddings.DemoModel", "Jina.Templates",
        "Jina.Aspire.Hosting", "Jina.Aspire.Embeddings", RagTool,
    ];

    private readonly TemporaryFolder _folder = new();

    /// <summary>Gets the version of the packages.</summary>
    public string Version { get; } = $"0.0.0-test.{Guid.NewGuid():N}";

    /// <summary>Gets the configuration that the tests were built with, from <c>bin/{configuration}/{framework}</c>.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Gets the folder.</summary>
    public string Path => _folder.Path;

    /// <summary>Returns the path of a package's file.</summary>
    public string File(string package, string extension = "nupkg") => _folder.File($"{package}.{Version}.{extension}");

    public async ValueTask InitializeAsync()
    {
        var project = RepositoryFiles.Path("tests", "Jina.Packaging.Tests", "Feed", "Feed.proj");
        string[] pack = ["pack", project, "--no-build", "--configuration", Configuration, "--output", Path, $"-p:Version={Version}"];
        await Dotnet.RunAsync("dotnet", RepositoryFiles.Root, [], pack);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
