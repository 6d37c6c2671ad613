namespace Jina.Embeddings.AspNetCore.Rejections;

/// <summary>Why a request is refused; each kind has its status and its codes.</summary>
internal enum RefusalKind
{
    /// <summary>The body is no JSON, or a field is not what it should be.</summary>
    InvalidBody,

    /// <summary>No such model is served.</summary>
    ModelNotFound,

    /// <summary>An input has more tokens than the model reads, and must not be cut.</summary>
    InputTooLong,

    /// <summary>The body has too many bytes.</summary>
    BodyTooLarge,

    /// <summary>The request has too many inputs.</summary>
    TooManyInputs,

    /// <summary>The request has too many tokens.</summary>
    TooManyTokens,

    /// <summary>The body came too slowly.</summary>
    BodyTimeout,

    /// <summary>The body is not declared as JSON.</summary>
    MediaType,

    /// <summary>No API key came with the request.</summary>
    MissingKey,

    /// <summary>The API key is none of the server's.</summary>
    WrongKey,

    /// <summary>Too many requests are under way.</summary>
    TooManyRequests,

    /// <summary>Too many inputs wait, the server stops, or its model cannot be run.</summary>
    Unavailable,

    /// <summary>Something failed that the caller cannot help.</summary>
    Internal,
}
