namespace Jina.Extensions.AI.DependencyInjection;

/// <summary>An option that configuration can set.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Expected">What its values are, for messages.</param>
/// <param name="Assign">Reads a value; throws <see cref="FormatException"/>, <see cref="OverflowException"/> or <see cref="ArgumentException"/> where it cannot.</param>
internal sealed record OptionKey(string Name, string Expected, Action<JinaEmbeddingOptions, string> Assign);
