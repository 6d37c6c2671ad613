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

    /// <summary>Gets the folder.</summary>
    public string Path => _folder.Path;

    /// <summary>Returns the path of a package's file.</summary>
    public string File(string package, string extension = "nupkg") => _folder.File($"{package}.{Version}.{extension}");

    public async ValueTask InitializeAsync()
    {
        // bin/{configuration}/{framework}
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        foreach (var package in Packages)
        {
            string[] project = package == RagTool
                ? ["samples/RagConsole", "-p:ToolPackageRuntimeIdentifiers=", $"-p:PublishDir={_folder.File("published")}/"]
                : [$"src/{package}"];
            string[] pack =
                ["pack", .. project, "--no-build", "--configuration", configuration, "--output", Path, $"-p:Version={Version}"];
            await Dotnet.RunAsync("dotnet", RepositoryFiles.Root, [], pack);
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
