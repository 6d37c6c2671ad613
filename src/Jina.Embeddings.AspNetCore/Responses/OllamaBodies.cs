using System.Text.Json.Serialization;

namespace Jina.Embeddings.AspNetCore.Responses;

/// <summary>Represents the version of the interface.</summary>
internal sealed record OllamaVersionBody(string Version);

/// <summary>Represents the list of all models.</summary>
internal sealed record OllamaModelListBody(IReadOnlyList<OllamaModelBody> Models);

/// <summary>Represents a model in the form of Ollama's interface.</summary>
/// <param name="Name">The name with the tag <c>latest</c>, which all models have.</param>
/// <param name="Model">The same name.</param>
/// <param name="ModifiedAt">When this server began to serve the model.</param>
/// <param name="Size">Always 0: the size of the files is not known here.</param>
/// <param name="Digest">64 hexadecimal digits that depend on the model's name and revision.</param>
/// <param name="Details">The kind of the model.</param>
/// <param name="Capabilities">Always <c>embedding</c>.</param>
internal sealed record OllamaModelBody(
    string Name,
    string Model,
    DateTimeOffset ModifiedAt,
    long Size,
    string Digest,
    OllamaDetailsBody Details,
    IReadOnlyList<string> Capabilities);

/// <summary>Represents the kind of a model. Unknown properties are empty.</summary>
internal sealed record OllamaDetailsBody(
    string ParentModel, string Format, string Family, IReadOnlyList<string> Families, string ParameterSize, string QuantizationLevel);

/// <summary>Represents the list of models that are loaded.</summary>
internal sealed record OllamaRunningListBody(IReadOnlyList<OllamaRunningBody> Models);

/// <summary>Represents a model that is loaded, which it stays.</summary>
internal sealed record OllamaRunningBody(
    string Name,
    string Model,
    long Size,
    string Digest,
    OllamaDetailsBody Details,
    DateTimeOffset ExpiresAt,
    long SizeVram,
    int ContextLength);

/// <summary>Represents the description of one model.</summary>
internal sealed record OllamaShowBody(
    string Modelfile,
    string Parameters,
    string Template,
    OllamaDetailsBody Details,
    OllamaModelInfoBody ModelInfo,
    IReadOnlyList<string> Capabilities,
    DateTimeOffset ModifiedAt);

/// <summary>Represents the sizes of a model, whose names begin with its architecture.</summary>
internal sealed record OllamaModelInfoBody(
    [property: JsonPropertyName("general.architecture")] string Architecture,
    [property: JsonPropertyName("t5.context_length")] int ContextLength,
    [property: JsonPropertyName("t5.embedding_length"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    int? EmbeddingLength);
