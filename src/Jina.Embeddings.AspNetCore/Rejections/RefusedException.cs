namespace Jina.Embeddings.AspNetCore.Rejections;

/// <summary>Ends the reading of a request.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal { get; } = refusal;

    public static RefusedException InvalidBody(string message, string? field = null) =>
        new(new Refusal(RefusalKind.InvalidBody, message, field));
}
