namespace Jina.Embeddings.Tool.Serving;

/// <summary>Represents which web pages and host names may use the server.</summary>
/// <param name="Origins">The origins whose pages may use the server, as browsers send them, or <see cref="WebOrigin.Any"/>.</param>
/// <param name="Hosts">The names that clients may send in addition to <c>localhost</c> and the loopback addresses.</param>
internal sealed record BrowserSettings(IReadOnlyList<string> Origins, IReadOnlyList<string> Hosts);
