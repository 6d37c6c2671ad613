using Microsoft.OpenApi;
using static Jina.Embeddings.Tool.Serving.Schemas;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>Contains the schemas of requests and responses. docs/server.md and docs/dialects.md describe them in detail.</summary>
internal static class RouteSchemas
{
    /// <summary>The route with the interfaces of OpenAI and Jina.</summary>
    public const string CloudRoute = "/v1/embeddings";

    /// <summary>Returns the schema of a route's request, or <see langword="null"/> if it has no body.</summary>
    public static OpenApiSchema? RequestOf(string path) => path switch
    {
        CloudRoute => CloudRequest(),
        "/api/embed" => Object(
            ["model"],
            ("model", Text("The name of a model, with or without :latest.")),
            ("input", TextOrTexts()),
            ("truncate", Boolean("Whether long texts are truncated. The default is true.")),
            ("dimensions", Integer("The dimensions of the model, or more, which are ignored."))),
        "/api/embeddings" => Object(["model"], ("model", Text()), ("prompt", Text())),
        "/api/show" => Object(("model", Text())),
        "/embed" or "/" => Object(
            ["inputs"],
            [
                ("inputs", TextsOrIds()),
                ("normalize", Boolean("Whether vectors have unit length. The default is true.")),
                ("dimensions", Integer("The dimensions of the model.")),
                .. InferenceOptions(),
            ]),
        "/similarity" => Object(
            ["inputs"],
            [
                ("inputs", Object(("source_sentence", Text()), ("sentences", ListOf(Text())))),
                ("parameters", Object([], InferenceOptions())),
                .. InferenceOptions(),
            ]),
        "/tokenize" => Object(
            ["inputs"],
            [("inputs", TextOrTexts()), ("add_special_tokens", Boolean("The default is true.")), .. InferenceOptions()]),
        _ => null,
    };

    /// <summary>Returns the schema of a route's response.</summary>
    public static OpenApiSchema ResponseOf(string path) => path switch
    {
        CloudRoute => Object(
            ("object", Text("Always list.")),
            ("data", ListOf(Object(("object", Text("Always embedding.")), ("index", Integer()), ("embedding", EmbeddingValue())))),
            ("model", Text()),
            ("usage", Object(("prompt_tokens", Integer()), ("total_tokens", Integer())))),
        "/v1/models" => Object(("object", Text("Always list.")), ("data", ListOf(CloudModel()))),
        "/api/embed" => Object(["model", "embeddings"], ("model", Text()), ("embeddings", Vectors()), ("prompt_eval_count", Integer())),
        "/api/embeddings" => Object(("embedding", ListOf(Number()))),
        "/api/version" => Object(("version", Text())),
        "/api/tags" or "/api/ps" => Object(("models", ListOf(Any("See docs/dialects.md.")))),
        "/embed" or "/" => Vectors(),
        "/similarity" => ListOf(Number(), "The cosine of the source with each of the sentences."),
        "/tokenize" => ListOf(ListOf(Object(
            ("id", Integer()),
            ("text", Text()),
            ("special", Boolean()),
            ("start", AnyOf("The first byte, or null for a special token.", Integer(), Null())),
            ("stop", AnyOf("The byte after the last one, or null for a special token.", Integer(), Null()))))),
        _ when path.StartsWith("/v1/models/", StringComparison.Ordinal) => CloudModel(),
        _ => Any(),
    };

    /// <summary>Returns the schema of a route's rejections.</summary>
    public static OpenApiSchema RejectionOf(string path) => path switch
    {
        _ when path.StartsWith("/api/", StringComparison.Ordinal) => Object(("error", Text())),
        _ when path.StartsWith("/v1/", StringComparison.Ordinal) => AnyOf(
            "The shape of OpenAI or of Jina, as the request.",
            Object(("error", Object(("message", Text()), ("type", Text()), ("param", Any()), ("code", Any())))),
            Object(["detail", "code", "request_id"], ("detail", Text()), ("code", Text()), ("request_id", Text()), ("errors", Any()))),
        _ => Object(("error", Text()), ("error_type", Text())),
    };

    private static OpenApiSchema CloudRequest() => Object(
        ["input"],
        ("input", AnyOf(
            "The inputs.",
            Text(),
            ListOf(Text()),
            ListOf(Integer(), "Token IDs."),
            ListOf(ListOf(Integer())),
            Object(("text", Text())),
            ListOf(Object(("text", Text()))))),
        ("model", Text("The name of a model. The default is the first model.")),
        ("encoding_format", Text("float or base64. The default is float.")),
        ("dimensions", AnyOf("The dimensions of the model.", Integer(), Text())),
        ("user", Text("Ignored.")),
        ("embedding_type", EmbeddingTypes("float, base64, binary, ubinary, or a list of these.")),
        ("encoding_type", EmbeddingTypes("Another name of embedding_type.")),
        ("normalized", Boolean("Whether vectors have unit length. The default is true.")),
        ("truncate", Boolean("Whether long texts are truncated instead of rejected.")),
        ("task", Text("Ignored.")),
        ("late_chunking", Boolean("Whether the inputs are the parts of one document. The default is false.")),
        ("return_multivector", Boolean("Always false, because the model returns one vector per input.")));

    private static (string Name, OpenApiSchema Schema)[] InferenceOptions() =>
    [
        ("truncate", Boolean("Whether long texts are truncated. The default is true.")),
        ("truncation_direction", Text("Always Right.")),
        ("model", Text("The name of a model. The default is the first model.")),
    ];

    private static OpenApiSchema EmbeddingTypes(string description) => AnyOf(description, Text(), ListOf(Text()));

    private static OpenApiSchema CloudModel() =>
        Object(("id", Text()), ("object", Text("Always model.")), ("created", Integer("Seconds since 1970.")), ("owned_by", Text()));

    private static OpenApiSchema EmbeddingValue() => AnyOf(
        "Numbers, base64, or an object with several encodings.",
        ListOf(Number()),
        Text(),
        new OpenApiSchema { Type = JsonSchemaType.Object });

    private static OpenApiSchema TextOrTexts() => AnyOf("A text, or a list of texts.", Text(), ListOf(Text()));

    private static OpenApiSchema TextsOrIds() => AnyOf(
        "A text, a list of texts, or the token IDs of one text or of several.",
        Text(),
        ListOf(Text()),
        ListOf(Integer()),
        ListOf(ListOf(Integer())));

    private static OpenApiSchema Vectors() => ListOf(ListOf(Number()), "A vector for each input.");

    private static OpenApiSchema Null() => new() { Type = JsonSchemaType.Null };
}
