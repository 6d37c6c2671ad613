using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Jina.Agents;
using Jina.Aspire.Embeddings;
using Jina.Embeddings.AspNetCore;
using Jina.Extensions.AI;
using Jina.Retrieval;
using Jina.Testing;
using Jina.VectorData.Sqlite;
using Microsoft.SemanticKernel;
using PublicApiGenerator;

namespace Jina.Architecture.Tests;

/// <summary>
/// Compares the public API of each package with the approved text file, so that reviewers see every change as a diff. To
/// approve a change, run the tests with JINA_APPROVE_API=1 and commit the files.
/// </summary>
public sealed class PublicApiTests
{
    public static TheoryData<Type> Packages =>
    [
        typeof(JinaEmbeddingGenerator), typeof(JinaKernelBuilderExtensions), typeof(SqliteVectorStore),
        typeof(JinaEmbeddingEndpointOptions), typeof(RetrievedPassage), typeof(ContextProviderExtensions),
        typeof(JinaEmbeddingsResource), typeof(JinaEmbeddingsClientSettings),
    ];

    /// <summary>
    /// The options include Microsoft's namespaces, which contain the registration methods, and exclude the names of state machines,
    /// which change with every new member.
    /// </summary>
    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,
        DenyNamespacePrefixes = [],
        ExcludeAttributes = ["System.Runtime.CompilerServices.AsyncIteratorStateMachineAttribute"],
    };

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_API_is_the_approved_one(Type member)
    {
        Assembly package = member.Assembly;
        var approvedPath = RepositoryFiles.Path("tests", "Jina.Architecture.Tests", "PublicApi", $"{package.GetName().Name}.txt");
        var actual = package.GeneratePublicApi(Options) + "\n";
        if (Environment.GetEnvironmentVariable("JINA_APPROVE_API") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(approvedPath)!);
            File.WriteAllText(approvedPath, actual);
        }

        Assert.Equal(File.ReadAllText(approvedPath), actual);
    }
}
