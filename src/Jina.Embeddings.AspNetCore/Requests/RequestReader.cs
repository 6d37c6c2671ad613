using System.Globalization;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Reads the body of a request. Unknown, duplicate and invalid fields are rejected.</summary>
internal sealed class RequestReader
{
    private const string ExpectedBody = "Expected a JSON object, e.g. {\"input\": \"a text\"}.";

    private static readonly string[] OpenAIFields = ["model", "input", "encoding_format", "dimensions", "user"];

    private readonly EmbeddingRequest _request = new();
    private readonly HashSet<string> _seen = [];
    private readonly int _maxInputs;
    private bool _isJina;
    private bool? _truncate;
    private VectorEncoding? _format;
    private IReadOnlyList<VectorEncoding>? _types;

    private RequestReader(int maxInputs) => _maxInputs = maxInputs;

    /// <summary>Reads a complete body.</summary>
    /// <exception cref="RejectedException">The body is not a valid request.</exception>
    public static EmbeddingRequest Read(ReadOnlySpan<byte> body, int maxInputs)
    {
        if (body.IsEmpty)
        {
            throw RejectedException.InvalidBody($"The body is empty. {ExpectedBody}");
        }

        var json = new Utf8JsonReader(body);
        try
        {
            var reader = new RequestReader(maxInputs);
            reader.ReadFields(ref json, body);
            return reader.ToRequest();
        }
        catch (JsonException e)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
            throw RejectedException.InvalidBody(
                $"The body is not valid JSON, or it is nested too deeply, at {place}. Expected one JSON object.");
        }
        catch (InvalidOperationException)
        {
            throw RejectedException.InvalidBody(
                "The body has a string that is not valid Unicode: invalid UTF-8, or half of a surrogate pair. Send the body as UTF-8.");
        }
    }

    private void ReadFields(ref Utf8JsonReader json, ReadOnlySpan<byte> body)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw RejectedException.InvalidBody($"The body is {RejectionText.Describe(json.TokenType)}. {ExpectedBody}");
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ReadField(json.GetString()!, ref json, body);
        }

        // The JSON reader throws if anything follows the object.
        json.Read();
    }

    private void ReadField(string name, ref Utf8JsonReader json, ReadOnlySpan<byte> body)
    {
        var isJinaOnly = ShapeDetector.JinaOnlyFields.Contains(name);
        if (!isJinaOnly && !OpenAIFields.Contains(name))
        {
            throw UnknownField(RejectionText.Shorten(name));
        }

        json.Read();
        if (!_seen.Add(name))
        {
            throw RejectedException.InvalidBody($"The field '{name}' appears twice. Send it once.", name);
        }

        // Null means that an optional field is not set. The field still counts for the shape.
        _isJina |= isJinaOnly;
        if (json.TokenType != JsonTokenType.Null)
        {
            ReadValue(name, ref json, body);
        }
    }

    private void ReadValue(string name, ref Utf8JsonReader json, ReadOnlySpan<byte> body)
    {
        switch (name)
        {
            case "input":
                _isJina |= InputReader.Read(ref json, body, _request, _maxInputs);
                break;
            case "model":
                _request.Model = ValueReader.ReadString(ref json, name);
                break;
            case "encoding_format":
                _format = ValueReader.ReadEncodingFormat(ref json, name);
                break;
            case "embedding_type":
                _types = ValueReader.ReadEmbeddingTypes(ref json, name);
                break;
            case "dimensions":
                _request.Dimensions = ValueReader.ReadPositiveInteger(ref json, name);
                break;
            case "user":
                ValueReader.ReadString(ref json, name);
                break;
            case "normalized":
                _request.Normalized = ValueReader.ReadBoolean(ref json, name);
                break;
            case "truncate":
                _truncate = ValueReader.ReadBoolean(ref json, name);
                break;
            case "task":
                ValueReader.ReadString(ref json, name);
                _request.HasTask = true;
                break;
            case "late_chunking" when ValueReader.ReadBoolean(ref json, name):
                throw RejectedException.InvalidBody(
                    "The field 'late_chunking' is true, but this model does not support it. Omit the field, or send the chunks as inputs.",
                    name);
        }
    }

    private EmbeddingRequest ToRequest()
    {
        if (_request.InputCount == 0)
        {
            throw RejectedException.InvalidBody($"The field 'input' is missing. Expected {InputReader.Expected}.", "input");
        }

        _request.Shape = _isJina ? RequestShape.Jina : RequestShape.OpenAI;
        _request.Truncate = _truncate ?? !_isJina;

        // OpenAI's Python client always sends encoding_format, so an explicit embedding_type takes precedence.
        _request.Encodings = _types ?? [_format ?? VectorEncoding.Float];
        return _request;
    }

    private static RejectedException UnknownField(string name) => RejectedException.InvalidBody(
        $"Unknown field '{name}'. Expected one of {string.Join(", ", OpenAIFields)} (OpenAI), "
        + $"{string.Join(", ", ShapeDetector.JinaOnlyFields)} (Jina).",
        name);
}
