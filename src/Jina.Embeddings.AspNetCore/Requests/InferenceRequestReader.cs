using System.Text.Json;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Reads the bodies of Text Embeddings Inference.</summary>
internal static class InferenceRequestReader
{
    private const string Example = "{\"inputs\": [\"a text\"]}";
    private const string SimilarityExample = "{\"inputs\": {\"source_sentence\": \"a text\", \"sentences\": [\"another text\"]}}";
    private const string ExpectedInputs = "a string, an array of strings, an array of token IDs, or an array of such arrays";

    /// <summary>Reads the body of <c>/embed</c>.</summary>
    /// <exception cref="RejectedException">The body is not a valid request.</exception>
    public static EmbeddingRequest ReadEmbed(ReadOnlySpan<byte> body, int maxInputs)
    {
        var request = Create();
        ObjectReader.Read(body, Example, (string name, ref Utf8JsonReader json, ReadOnlySpan<byte> bytes) =>
        {
            switch (name)
            {
                case "inputs":
                    (request.Texts, request.TokenIds) = (null, null);
                    ReadInputs(ref json, bytes, request, maxInputs);
                    break;
                case "normalize":
                    request.Normalized = ValueReader.ReadBoolean(ref json, name);
                    break;
                case "dimensions":
                    request.Dimensions = ValueReader.ReadPositiveInteger(ref json, name);
                    break;
                default:
                    ReadOption(request, name, ref json);
                    break;
            }
        });
        return WithInputs(request, ExpectedInputs);
    }

    /// <summary>Reads the body of <c>/similarity</c>. The first text of the request is the one that the others are compared with.</summary>
    /// <exception cref="RejectedException">The body is not a valid request.</exception>
    public static EmbeddingRequest ReadSimilarity(ReadOnlySpan<byte> body, int maxInputs)
    {
        var request = Create();
        string? source = null;
        List<string> sentences = [];
        ObjectReader.Read(body, SimilarityExample, (string name, ref Utf8JsonReader json, ReadOnlySpan<byte> bytes) =>
        {
            switch (name)
            {
                case "inputs":
                    ObjectReader.ReadNested(name, ref json, bytes, (string inner, ref Utf8JsonReader value, ReadOnlySpan<byte> _) =>
                    {
                        switch (inner)
                        {
                            case "source_sentence":
                                source = ValueReader.ReadString(ref value, "inputs.source_sentence");
                                break;
                            case "sentences":
                                // The source counts as an input, too.
                                sentences = TextListReader.Read(ref value, "inputs.sentences", maxInputs, others: 1);
                                break;
                            default:
                                value.Skip();
                                break;
                        }
                    });
                    break;
                case "parameters":
                    ObjectReader.ReadNested(name, ref json, bytes, (string inner, ref Utf8JsonReader value, ReadOnlySpan<byte> _) =>
                        ReadOption(request, inner, ref value));
                    break;
                default:
                    ReadOption(request, name, ref json);
                    break;
            }
        });
        request.Texts = source is null || sentences.Count == 0 ? null : [source, .. sentences];
        return WithInputs(request, $"a source_sentence and at least one of sentences, e.g. {SimilarityExample}");
    }

    /// <summary>Reads the body of <c>/tokenize</c>.</summary>
    /// <exception cref="RejectedException">The body is not a valid request.</exception>
    public static EmbeddingRequest ReadTokenize(ReadOnlySpan<byte> body, int maxInputs)
    {
        var request = Create();
        ObjectReader.Read(body, Example, (string name, ref Utf8JsonReader json, ReadOnlySpan<byte> _) =>
        {
            switch (name)
            {
                case "inputs":
                    request.Texts = TextListReader.Read(ref json, name, maxInputs);
                    break;
                case "add_special_tokens":
                    request.WithEndToken = ValueReader.ReadBoolean(ref json, name);
                    break;
                default:
                    ReadOption(request, name, ref json);
                    break;
            }
        });
        return WithInputs(request, "a string or an array of strings");
    }

    private static EmbeddingRequest Create() => new() { Shape = RequestShape.TextEmbeddingsInference };

    private static EmbeddingRequest WithInputs(EmbeddingRequest request, string expected) => request.InputCount > 0
        ? request
        : throw RejectedException.InvalidBody($"The field 'inputs' is missing or empty. Expected {expected}.", "inputs");

    private static void ReadInputs(ref Utf8JsonReader json, ReadOnlySpan<byte> body, EmbeddingRequest request, int maxInputs)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            request.Texts = [ValueReader.ReadString(ref json, "inputs")];
            return;
        }

        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw RejectedException.InvalidValue("inputs", RejectionText.Describe(json.TokenType), ExpectedInputs);
        }

        json.Read();
        if (json.TokenType is JsonTokenType.Number or JsonTokenType.StartArray)
        {
            request.TokenIds = TokenIdReader.Read(ref json, body, "inputs", maxInputs);
        }
        else
        {
            request.Texts = TextListReader.ReadItems(ref json, "inputs", maxInputs);
        }
    }

    /// <summary>Reads a field that all routes have. The model is an addition, because this server can have several.</summary>
    private static void ReadOption(EmbeddingRequest request, string name, ref Utf8JsonReader json)
    {
        switch (name)
        {
            case "model":
                request.Model = ValueReader.ReadString(ref json, name);
                break;
            case "truncate":
                request.Truncate = ValueReader.ReadBoolean(ref json, name);
                break;
            case "truncation_direction":
                ThrowUnlessRight(ref json, name);
                break;
            case "prompt_name":
                throw RejectedException.InvalidBody(
                    "The field 'prompt_name' is set, but this model does not have prompts. Omit the field.", name);
            default:
                json.Skip();
                break;
        }
    }

    private static void ThrowUnlessRight(ref Utf8JsonReader json, string field)
    {
        if (!ValueReader.ReadString(ref json, field).Equals("right", StringComparison.OrdinalIgnoreCase))
        {
            throw RejectedException.InvalidValue(
                field, "not \"Right\"", "\"Right\", because this model's texts are always truncated at their end");
        }
    }
}
