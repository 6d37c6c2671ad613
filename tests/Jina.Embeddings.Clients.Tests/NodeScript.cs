using System.Text.Json;
using Jina.Testing;

namespace Jina.Embeddings.Clients.Tests;

/// <summary>Runs a script of the folder <c>node</c>, which runs a client of npm.</summary>
internal static class NodeScript
{
    private static readonly string Folder = RepositoryFiles.Path("tests", "Jina.Embeddings.Clients.Tests", "node");

    /// <summary>Runs a script and returns its output. Skips the test if the package of the client or Node.js is not installed.</summary>
    /// <param name="script">The name of the script, without its extension.</param>
    /// <param name="package">The npm package of the client.</param>
    /// <param name="address">The address of the server, in the form that the script expects.</param>
    /// <param name="texts">The texts to embed.</param>
    /// <param name="options">Further arguments of the script.</param>
    public static async Task<JsonDocument> RunAsync(
        string script,
        string package,
        string address,
        IReadOnlyList<string> texts,
        params string[] options)
    {
        SkipWithout(package);
        using var folder = new TemporaryFolder();
        var file = folder.File("texts.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(texts), TestContext.Current.CancellationToken);

        return await OutputAsync(script, [address, file, .. options]);
    }

    /// <summary>Runs a script and returns its output.</summary>
    public static async Task<JsonDocument> OutputAsync(string script, params string[] arguments) =>
        JsonDocument.Parse(await CommandRun.OutputAsync("node", [Path.Combine(Folder, $"{script}.mjs"), .. arguments]));

    /// <summary>Skips the test if a package of npm is not installed.</summary>
    public static void SkipWithout(string package) => Assert.SkipUnless(
        Directory.Exists(FindFile(package, "")),
        $"The npm package {package} is not installed. Run npm install in the folder node of these tests.");

    /// <summary>Returns the path of a file in a package of npm.</summary>
    public static string FindFile(string package, string file) => Path.Combine(Folder, "node_modules", package, file);

    /// <summary>Reads the member <c>vectors</c> of the output.</summary>
    public static IEnumerable<ReadOnlyMemory<float>> Vectors(JsonDocument output) =>
        output.RootElement.GetProperty("vectors").EnumerateArray().Select(JsonVector.Read);
}
