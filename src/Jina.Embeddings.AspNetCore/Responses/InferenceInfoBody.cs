namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Represents the server's description in the form of Text Embeddings Inference.</summary>
internal sealed record InferenceInfoBody(
    string ModelId,
    string? ModelSha,
    string ModelDtype,
    string ServedModelName,
    InferenceModelType ModelType,
    int MaxConcurrentRequests,
    int MaxInputLength,
    int MaxBatchTokens,
    int? MaxBatchRequests,
    int MaxClientBatchSize,
    bool AutoTruncate,
    int TokenizationWorkers,
    string Version,
    string? Sha,
    string? DockerLabel);

/// <summary>Represents the kind of the model. It has one member, whose name is the kind.</summary>
internal sealed record InferenceModelType(InferencePooling Embedding);

/// <summary>Represents how the vectors of tokens become one vector.</summary>
internal sealed record InferencePooling(string Pooling);
