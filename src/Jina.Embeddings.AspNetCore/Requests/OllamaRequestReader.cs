using System.Text.Json;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Reads the bodies of Ollama's interface. Its options for generation have no meaning here, and are ignored.</summary>
internal static class OllamaRequestReader
{
    private const string EmbedExample = "{\"model\": \"name\", \"input\": \"a text\"}";
    private const string PromptExample = "{\"model\": \"name\", \"prompt\": \"a text\"}";
    private const string ShowExample = "{\"model\": \"name\"}";

    private static readonly string[] Fields = ["model", "name", "input", "prompt", "truncate", "dimensions"];

    /// <summary>Reads the body of <c>/api/embed</c>. A request without inputs only loads the model.</summary>
    /// <exception cref="RejectedException">The body is not a valid request.</exception>
    public static EmbeddingRequest ReadEmbed(ReadOnlySpan<byte> body, int maxInputs)
    {
        var request = Create();
        Read(body, EmbedExample, (string name, ref Utf8JsonReader json, ReadOnlySpan<byte> _) =>
        {
            switch (name)
            {
                case "model":
                    request.Model = ReadModel(ref json, name);
                    break;
                case "input":
                    request.Texts = ReadInput(ref json, name, maxInputs);
                    break;
                case "truncate":
                    request.Truncate = ValueReader.ReadBoolean(ref json, name);
                    break;
                case "dimensions":
                    request.Dimensions = ReadDimensions(ref json, name);
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
        return request;
    }

    /// <summary>Reads the body of <c>/api/embeddings</c>, which has at most one text.</summary>
    /// <exception cref="RejectedException">The body is not a valid request.</exception>
    public static EmbeddingRequest ReadPrompt(ReadOnlySpan<byte> body)
    {
        var request = Create();
        Read(body, PromptExample, (string name, ref Utf8JsonReader json, ReadOnlySpan<byte> _) =>
        {
            switch (name)
            {
                case "model":
                    request.Model = ReadModel(ref json, name);
                    break;
                case "prompt":
                    request.Texts = ValueReader.ReadString(ref json, name) is { Length: > 0 } text ? [text] : [];
                    break;
                default:
                    json.Skip();
                    break;
            }
        });
        return request;
    }

    /// <summary>Reads the body of <c>/api/show</c>. Older clients send the model as <c>name</c>.</summary>
    /// <exception cref="RejectedException">The body is not a valid request.</exception>
    public static EmbeddingRequest ReadShow(ReadOnlySpan<byte> body)
    {
        var request = Create();
        Read(body, ShowExample, (string name, ref Utf8JsonReader json, ReadOnlySpan<byte> _) =>
        {
            if (name is "model" or "name")
            {
                request.Model = ReadModel(ref json, name) ?? request.Model;
            }
            else
            {
                json.Skip();
            }
        });
        return request.Model is null
            ? throw RejectedException.InvalidBody("The field 'model' is missing. Expected the name of a model, as in /api/tags.", "model")
            : request;
    }

    /// <summary>Reads the fields of a body. As in Ollama, the case of their names does not matter.</summary>
    private static void Read(ReadOnlySpan<byte> body, string example, FieldReader readField) =>
        ObjectReader.Read(body, example, (string name, ref Utf8JsonReader json, ReadOnlySpan<byte> bytes) =>
            readField(NormalizeCase(name), ref json, bytes));

    private static string NormalizeCase(string name)
    {
        foreach (var field in Fields)
        {
            if (field.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return field;
            }
        }

        return name;
    }

    private static EmbeddingRequest Create() => new() { Shape = RequestShape.Ollama, Texts = [], IgnoresMoreDimensions = true };

    /// <summary>Reads the name of a model. An empty name counts as missing.</summary>
    private static string? ReadModel(ref Utf8JsonReader json, string field) =>
        ValueReader.ReadString(ref json, field) is { Length: > 0 } name ? name : null;

    /// <summary>Reads the inputs. Unlike an empty text in a list, an empty text alone is not an input.</summary>
    private static List<string> ReadInput(ref Utf8JsonReader json, string field, int maxInputs) =>
        json.TokenType == JsonTokenType.String && json.ValueTextEquals(""u8) ? [] : TextListReader.Read(ref json, field, maxInputs);

    /// <summary>Reads the requested dimensions. Numbers below 1 are ignored, as Ollama does.</summary>
    private static int? ReadDimensions(ref Utf8JsonReader json, string field)
    {
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var number))
        {
            return number > 0 ? number : null;
        }

        throw RejectedException.InvalidValue(field, RejectionText.Describe(json.TokenType), "an integer");
    }
}
