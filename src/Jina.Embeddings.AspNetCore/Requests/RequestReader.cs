using System.Text.Json;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Reads the body of a request. Duplicate and invalid fields are rejected, and unknown fields if the options say so.</summary>
internal sealed class RequestReader
{
    private const string Example = "{\"input\": \"a text\"}";

    private static readonly string[] OpenAIFields = ["model", "input", "encoding_format", "dimensions", "user"];

    private readonly EmbeddingRequest _request = new();
    private readonly HashSet<string> _seen = [];
    private readonly int _maxInputs;
    private readonly bool _strict;
    private bool _isJina;
    private bool? _truncate;
    private VectorEncoding? _format;
    private IReadOnlyList<VectorEncoding>? _types;

    private RequestReader(int maxInputs, bool strict)
    {
        _maxInputs = maxInputs;
        _strict = strict;
    }

    /// <summary>Reads a complete body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="maxInputs">The maximum number of inputs.</param>
    /// <param name="strict">Whether unknown fields are rejected.</param>
    /// <exception cref="RejectedException">The body is not a valid request.</exception>
    public static EmbeddingRequest Read(ReadOnlySpan<byte> body, int maxInputs, bool strict)
    {
        var reader = new RequestReader(maxInputs, strict);
        ObjectReader.Read(body, Example, reader.ReadFields);
        return reader.ToRequest();
    }

    private void ReadFields(ref Utf8JsonReader json, ReadOnlySpan<byte> body)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ReadField(json.GetString()!, ref json, body);
        }
    }

    private void ReadField(string name, ref Utf8JsonReader json, ReadOnlySpan<byte> body)
    {
        var isJinaOnly = ShapeDetector.JinaOnlyFields.Contains(name);
        if (!isJinaOnly && !OpenAIFields.Contains(name))
        {
            SkipUnknown(name, ref json);
            return;
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

    private void SkipUnknown(string name, ref Utf8JsonReader json)
    {
        if (_strict)
        {
            throw UnknownField(RejectionText.Shorten(name));
        }

        json.Read();
        if (json.TokenType != JsonTokenType.Null)
        {
            _request.IgnoredFields.Add(name);
        }

        json.Skip();
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
            case "embedding_type" or "encoding_type":
                _types = _types is null ? ValueReader.ReadEmbeddingTypes(ref json, name) : throw BothTypes(name);
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
            case "late_chunking":
                _request.LateChunking = ValueReader.ReadBoolean(ref json, name);
                break;
            case "return_multivector" when ValueReader.ReadBoolean(ref json, name):
                throw RejectedException.InvalidBody(
                    "The field 'return_multivector' is true, but this model returns one vector per input. Omit the field.", name);
        }
    }

    private EmbeddingRequest ToRequest()
    {
        if (_request.InputCount == 0)
        {
            var ignored = _request.IgnoredFields.Names.Count == 0 ? string.Empty : $" Unknown fields: {_request.IgnoredFields}.";
            throw RejectedException.InvalidBody($"The field 'input' is missing. Expected {InputReader.Expected}.{ignored}", "input");
        }

        if (_request is { LateChunking: true, TokenIds: not null })
        {
            throw RejectedException.InvalidBody(
                "The field 'late_chunking' is true, but the inputs are token IDs. Send texts, or omit the field.", "late_chunking");
        }

        _request.Shape = _isJina ? RequestShape.Jina : RequestShape.OpenAI;
        _request.Truncate = _truncate ?? !_isJina;

        // OpenAI's Python client always sends encoding_format, so an explicit embedding_type takes precedence.
        _request.Encodings = _types ?? [_format ?? VectorEncoding.Float];
        return _request;
    }

    private static RejectedException BothTypes(string name) =>
        RejectedException.InvalidBody("The fields 'embedding_type' and 'encoding_type' have the same meaning. Send one of them.", name);

    private static RejectedException UnknownField(string name) => RejectedException.InvalidBody(
        $"Unknown field '{name}'. Expected one of {string.Join(", ", OpenAIFields)} (OpenAI), "
        + $"{string.Join(", ", ShapeDetector.JinaOnlyFields)} (Jina).",
        name);
}
