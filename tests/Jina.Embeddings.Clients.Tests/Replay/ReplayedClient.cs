using System.Text.Json;
using System.Text.Json.Serialization;
using Jina.Testing;

namespace Jina.Embeddings.Clients.Tests.Replay;

/// <summary>Represents a client that the tests do not install. Its requests are as its published source sends them.</summary>
/// <param name="File">The name of the file with its requests, without the extension.</param>
/// <param name="Name">The name, as in docs/swap.md.</param>
/// <param name="Version">The version or the commit whose source was read.</param>
/// <param name="Source">The repository or package, and the file in it.</param>
internal sealed record ReplayedClient(string File, string Name, string Version, string Source)
{
    private static readonly string Folder = RepositoryFiles.Path("tests", "Jina.Embeddings.Clients.Tests", "Fixtures", "replay");

    private static readonly JsonSerializerOptions Format =
        new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>Gets all clients in the order of the table <c>clients.tsv</c>.</summary>
    public static IReadOnlyList<ReplayedClient> All { get; } =
        [.. System.IO.File.ReadLines(Path.Combine(Folder, "clients.tsv")).Skip(1).Select(Parse)];

    /// <summary>Gets the names of all files with requests, without the extension.</summary>
    public static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension)!;

    /// <summary>Reads the requests of the client.</summary>
    public IReadOnlyList<ReplayedRequest> ReadRequests()
    {
        var text = System.IO.File.ReadAllText(Path.Combine(Folder, $"{File}.json"));
        return JsonSerializer.Deserialize<RequestFile>(text, Format)!.Requests;
    }

    private static ReplayedClient Parse(string line) => line.Split('\t') is [var file, var name, var version, var source]
        ? new ReplayedClient(file, name, version, source)
        : throw new InvalidDataException($"A line of clients.tsv does not have four columns: {line}");

    private sealed record RequestFile(IReadOnlyList<ReplayedRequest> Requests);
}
