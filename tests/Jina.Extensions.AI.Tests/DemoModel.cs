using Jina.Testing;

namespace Jina.Extensions.AI.Tests;

/// <summary>Provides the small model in the repository.</summary>
internal static class DemoModel
{
    public const int Dimensions = 256;

    public static string Folder { get; } = RepositoryFiles.Path("models", "demo-en");

    public static JinaEmbeddingModel Model { get; } = JinaEmbeddingModel.FromDirectory(Folder);

    public static string[] Texts { get; } =
    [
        "how is the weather today",
        "What is the current weather like today?",
        string.Empty,
        "A longer passage, with several clauses; it goes on until nobody can say any more what it was about, " +
        "which is precisely the point of a text that is longer than its neighbours in a batch.",
        "x",
        "The station measures wind speed, air pressure and rain.",
    ];
}
