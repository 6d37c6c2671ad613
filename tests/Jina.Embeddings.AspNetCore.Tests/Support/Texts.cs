namespace Jina.Embeddings.AspNetCore.Tests.Support;

internal static class Texts
{
    public const string Dog = "A dog runs in the park.";

    public const string Stocks = "Stock prices fell sharply on Monday.";

    /// <summary>Gets a text with more tokens than the model's limit.</summary>
    public static string Long { get; } = string.Join(' ', Enumerable.Repeat("word", 1000));
}
