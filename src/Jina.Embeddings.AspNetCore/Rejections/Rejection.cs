namespace Jina.Embeddings.AspNetCore.Rejections;

/// <summary>Represents the reason why a request gets an error instead of embeddings.</summary>
/// <param name="Kind">The kind of rejection, which determines the status and the codes.</param>
/// <param name="Message">The value that was found, the expected values and the next step. It never contains the text of an input.</param>
/// <param name="Field">The field at fault, e.g. <c>input[3]</c>, or <see langword="null"/>.</param>
/// <param name="RetryAfterSeconds">When to try again. If <see langword="null"/>, trying again does not help.</param>
internal sealed record Rejection(RejectionKind Kind, string Message, string? Field = null, int? RetryAfterSeconds = null);

/// <summary>Represents a rejection that ends the processing of a request.</summary>
internal sealed class RejectedException(Rejection rejection) : Exception(rejection.Message)
{
    /// <summary>Gets the rejection to send to the caller.</summary>
    public Rejection Rejection { get; } = rejection;

    /// <summary>Creates the exception for a body that is not a valid request.</summary>
    public static RejectedException InvalidBody(string message, string? field = null) =>
        new(new Rejection(RejectionKind.InvalidBody, message, field));

    /// <summary>Creates the exception for a field whose value is not valid.</summary>
    public static RejectedException InvalidValue(string field, string found, string expected) =>
        InvalidBody($"The field '{field}' is {found}. Expected {expected}.", field);
}
