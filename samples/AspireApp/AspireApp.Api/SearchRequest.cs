namespace AspireApp.Api;

/// <summary>Represents a search.</summary>
/// <param name="Query">The query.</param>
/// <param name="Texts">The texts, at most 2,047, because the server accepts 2,048 inputs per request.</param>
internal sealed record SearchRequest(string Query, IReadOnlyList<string> Texts);

/// <summary>Represents a text and its similarity to the query.</summary>
/// <param name="Text">The text.</param>
/// <param name="Similarity">The cosine of the vectors, from -1 to 1.</param>
internal sealed record Hit(string Text, float Similarity);
