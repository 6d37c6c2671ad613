namespace Jina.Embeddings.AspNetCore.Rejections;

/// <summary>Specifies why a request is rejected. <see cref="RejectionCodes"/> has the status and the codes of each kind.</summary>
internal enum RejectionKind
{
    /// <summary>The body is not valid JSON, or a field is not valid.</summary>
    InvalidBody,

    /// <summary>The requested model is not served.</summary>
    ModelNotFound,

    /// <summary>An input has more tokens than the model accepts, and truncation is off.</summary>
    InputTooLong,

    /// <summary>The body has too many bytes.</summary>
    BodyTooLarge,

    /// <summary>The request has too many inputs.</summary>
    TooManyInputs,

    /// <summary>The request has too many tokens.</summary>
    TooManyTokens,

    /// <summary>The body arrived too slowly.</summary>
    BodyTimeout,

    /// <summary>The headers do not declare the body as JSON, or declare a compression that is not supported.</summary>
    MediaType,

    /// <summary>The request has no API key.</summary>
    MissingKey,

    /// <summary>The API key is not valid.</summary>
    WrongKey,

    /// <summary>The request comes from a page of another site.</summary>
    OtherOrigin,

    /// <summary>Too many requests are being processed, or they hold too many bytes.</summary>
    TooManyRequests,

    /// <summary>The queue is full, the server is shutting down, or the model cannot be run.</summary>
    Unavailable,

    /// <summary>Something failed that the caller cannot fix.</summary>
    Internal,
}
