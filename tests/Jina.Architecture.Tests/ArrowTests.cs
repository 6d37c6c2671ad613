using System.Xml.Linq;
using Jina.Embeddings.AspNetCore;
using Jina.Extensions.AI;
using Jina.Testing;
using Jina.VectorData.Sqlite;
using Microsoft.SemanticKernel;
using Mono.Cecil;

namespace Jina.Architecture.Tests;

/// <summary>Checks that dependencies go one way, between the folders of a package and between the projects.</summary>
public sealed class ArrowTests
{
    private const string MainPackage = "Jina.Extensions.AI";
    private const string StorePackage = "Jina.VectorData.Sqlite";
    private const string SemanticKernelPackage = "Jina.SemanticKernel";
    private const string ServerPackage = "Jina.Embeddings.AspNetCore";
    private const string Root = "";

    private static readonly string[] Base = ["Diagnostics", "Files", "Models", "Options"];

    /// <summary>The checkpoints' folders that every reader of weights uses.</summary>
    private static readonly string[] Weights =
        ["Checkpoints", "Checkpoints/Tensors", "Checkpoints/SentenceTransformers", "Checkpoints/T5", "Checkpoints/Weights"];

    private static readonly string[] Parts =
    [
        .. Base, "Tokenization", .. Weights, "Graph", "OnnxExports", "Int8Weights",
        "Acquisition", "Acquisition/Cache", "Acquisition/Hub", "Inference", "Loading", "Scheduling",
    ];

    /// <summary>The folders that each folder of the main package may use, in addition to itself.</summary>
    private static readonly Dictionary<string, string[]> MainFolders = new()
    {
        ["Diagnostics"] = [],
        ["Models"] = ["Diagnostics"],
        ["Files"] = ["Diagnostics", "Models"],
        ["Options"] = ["Models"],
        ["Tokenization"] = Base,
        ["Chunking"] = [.. Base, "Tokenization"],
        ["Checkpoints/Tensors"] = Base,
        ["Checkpoints/Torch"] = [.. Base, "Checkpoints/Tensors"],
        ["Checkpoints/Safetensors"] = [.. Base, "Checkpoints/Tensors"],
        ["Checkpoints/T5"] = [.. Base, "Checkpoints/Tensors"],
        ["Checkpoints/Weights"] = [.. Base, "Checkpoints/Tensors", "Checkpoints/Torch", "Checkpoints/Safetensors"],
        ["Checkpoints/SentenceTransformers"] = [.. Base, "Checkpoints/Tensors", "Checkpoints/Weights"],
        ["Checkpoints"] = [.. Base, "Checkpoints/Tensors", "Checkpoints/T5", "Checkpoints/Weights", "Checkpoints/SentenceTransformers"],
        ["Graph"] = [.. Base, .. Weights],
        ["OnnxExports"] = Base,
        ["Int8Weights"] = [.. Base, .. Weights, "Checkpoints/Safetensors"],
        ["Acquisition/Hub"] = Base,
        ["Acquisition/Cache"] = [.. Base, "Acquisition/Hub"],
        ["Acquisition/Transfer"] = [.. Base, "Acquisition/Hub", "Acquisition/Cache"],
        ["Acquisition"] = [.. Base, "Acquisition/Hub", "Acquisition/Cache", "Acquisition/Transfer"],
        ["Inference"] = [.. Base, "Tokenization", "Checkpoints/Tensors", "Graph", "OnnxExports"],
        ["Loading"] = [.. Base, "Tokenization", .. Weights, "Graph", "OnnxExports", "Int8Weights", "Acquisition", "Inference"],
        ["Scheduling"] = [.. Base, "Tokenization", "Inference"],
        [Root] = Parts,
        ["EmbeddingQuantization"] = [],
        ["Similarity"] = ["EmbeddingQuantization"],
        ["Caching"] = [.. Parts, Root],
        ["DependencyInjection"] = [.. Parts, Root, "Chunking", "EmbeddingQuantization"],
    };

    private static readonly Dictionary<string, string[]> StoreFolders = new()
    {
        ["Columns"] = [],
        ["Quantization"] = [],
        ["Storage"] = ["Columns", "Quantization"],
        ["Filters"] = ["Columns", "Storage"],
        ["Records"] = ["Columns", "Storage", "Filters"],
        ["Search"] = ["Storage", "Filters", "Quantization"],
        [Root] = ["Columns", "Quantization", "Storage", "Filters", "Records", "Search"],
    };

    private static readonly Dictionary<string, string[]> SemanticKernelFolders = new()
    {
        ["Memory"] = [],
        ["Retrieval"] = [],
        ["DependencyInjection"] = ["Memory", "Retrieval"],
    };

    private static readonly Dictionary<string, string[]> ServerFolders = new()
    {
        ["Rejections"] = [],
        ["Requests"] = [Root, "Rejections"],
        ["Limits"] = [Root, "Requests", "Rejections"],
        ["Responses"] = ["Requests", "Rejections"],
        ["Endpoints"] = [Root, "Requests", "Rejections", "Limits", "Responses"],
        ["Dialects"] = [Root, "Requests", "Limits", "Responses", "Endpoints"],
        [Root] = [],
        ["DependencyInjection"] = [Root, "Requests", "Endpoints", "Dialects"],
    };

    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["src/Jina.Extensions.AI"] = [],
        ["src/Jina.Retrieval"] = [],
        ["src/Jina.SemanticKernel"] = ["Jina.Extensions.AI", "Jina.Retrieval"],
        ["src/Jina.Agents"] = ["Jina.Retrieval"],
        ["src/Jina.VectorData.Sqlite"] = [],
        ["src/Jina.Aspire.Hosting"] = [],
        ["src/Jina.Aspire.Embeddings"] = [],
        ["src/Jina.RandomCheckpoints"] = [],
        ["src/Jina.Evaluation"] = [],
        ["src/Jina.Embeddings.AspNetCore"] = ["Jina.Extensions.AI"],
        ["src/Jina.Benchmarking"] = ["Jina.Extensions.AI", "Jina.RandomCheckpoints"],
        ["src/Jina.Embeddings.Tool"] = ["Jina.Benchmarking", "Jina.Embeddings.AspNetCore", "Jina.Evaluation", "Jina.Extensions.AI"],
        ["samples/RagConsole"] = ["Jina.Evaluation", "Jina.SemanticKernel", "Jina.VectorData.Sqlite"],
        ["samples/AgentRag"] = ["Jina.Agents", "Jina.Extensions.AI", "Jina.VectorData.Sqlite"],
        ["samples/AspireApp/AspireApp.AppHost"] = ["AspireApp.Api", "Jina.Aspire.Hosting", "Jina.Embeddings.Tool"],
        ["samples/AspireApp/AspireApp.Api"] = ["Jina.Aspire.Embeddings"],
        ["samples/QueueWorker"] = ["Jina.Extensions.AI"],
        ["samples/QuickStart"] = ["Jina.Extensions.AI", "Jina.VectorData.Sqlite"],
    };

    [Fact]
    public void Folders_of_the_main_package_use_only_the_allowed_folders() =>
        Assert.Empty(WrongUses(MainPackage, typeof(JinaEmbeddingGenerator), MainFolders));

    [Fact]
    public void Folders_of_the_vector_store_use_only_the_allowed_folders() =>
        Assert.Empty(WrongUses(StorePackage, typeof(SqliteVectorStore), StoreFolders));

    [Fact]
    public void Folders_of_the_Semantic_Kernel_package_use_only_the_allowed_folders() =>
        Assert.Empty(WrongUses(SemanticKernelPackage, typeof(JinaKernelBuilderExtensions), SemanticKernelFolders));

    [Fact]
    public void Folders_of_the_server_package_use_only_the_allowed_folders() =>
        Assert.Empty(WrongUses(ServerPackage, typeof(JinaEmbeddingEndpointOptions), ServerFolders));

    [Fact]
    public void Every_folder_of_the_main_package_has_its_arrows() =>
        Assert.Equal(new SourceFolders(MainPackage).All.Order(StringComparer.Ordinal), MainFolders.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Microsoft.ML.OnnxRuntime", "Inference", "Loading", "Options", Root)]
    [InlineData("System.Net.Http", "Acquisition/Hub", "Acquisition/Transfer")]
    [InlineData("Microsoft.ML.Tokenizers", "Tokenization", "Chunking", "Loading", "Scheduling", "DependencyInjection", Root)]
    public void A_technology_is_used_in_few_folders(string @namespace, params string[] allowed)
    {
        var folders = new SourceFolders(MainPackage);
        var wrong = from use in Uses(typeof(JinaEmbeddingGenerator))
                    let folder = folders.Find(use.Type)
                    where use.Used.Namespace == @namespace && folder is not null && !allowed.Contains(folder)
                    select $"{folder}/{use.Type.Name} -> {use.Used.FullName}";

        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void Projects_reference_only_the_allowed_projects()
    {
        var wrong = from file in Projects()
                    let project = Path.GetRelativePath(RepositoryFiles.Root, Path.GetDirectoryName(file)!).Replace('\\', '/')
                    from reference in XDocument.Load(file).Descendants("ProjectReference")
                    let name = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)
                    where !MayReference.TryGetValue(project, out var allowed) || !allowed.Contains(name)
                    select $"{project} -> {name}";

        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Projects() => new[] { "src", "samples" }
        .SelectMany(folder => Directory.EnumerateFiles(RepositoryFiles.Path(folder), "*.csproj", SearchOption.AllDirectories));

    private static IEnumerable<string> WrongUses(string package, Type member, Dictionary<string, string[]> mayUse)
    {
        var folders = new SourceFolders(package);
        var wrong = from use in Uses(member)
                    let user = folders.Find(use.Type)
                    let to = folders.Find(use.Used)
                    where user is not null && to is not null && user != to && !mayUse[user].Contains(to)
                    select $"{user}/{use.Type.Name} -> {to}/{use.Used.Name}";
        return wrong.Distinct();
    }

    private static IEnumerable<(TypeDefinition Type, TypeReference Used)> Uses(Type member)
    {
        using var module = ModuleDefinition.ReadModule(member.Assembly.Location);
        return [.. module.Types.SelectMany(type => TypeUses.Of(type).Select(used => (type, used)))];
    }
}
