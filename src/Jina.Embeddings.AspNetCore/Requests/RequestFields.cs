using System.Text.Json;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>The fields of one body as they are read, each at most once. Null stands for an optional field that is not there.</summary>
internal sealed class RequestFields
{
    private readonly EmbeddingRequest _request = new();
    private int _seen;
    private bool _isJinas;
    private bool? _truncate;
    private VectorEncoding? _format;
    private IReadOnlyList<VectorEncoding>? _types;

    /// <summary>Reads one field, whose value the reader stands at.</summary>
    public void Read(RequestField field, ref Utf8JsonReader reader, int maxInputs)
    {
        if ((_seen & (1 << (int)field)) != 0)
        {
            throw RefusedException.InvalidBody($"{FieldNames.Of(field)} is there twice; expected it once.", FieldNames.Of(field));
        }

        _seen |= 1 << (int)field;
        _isJinas |= FieldNames.IsJinas(field);
        if (reader.TokenType != JsonTokenType.Null)
        {
            ReadValue(field, ref reader, maxInputs);
        }
    }

    /// <summary>Returns the request, once all fields are read.</summary>
    public EmbeddingRequest ToRequest()
    {
        if (_request.Texts is null && _request.TokenIds is null)
        {
            throw RefusedException.InvalidBody($"input is missing; expected {InputReader.Expected}.", "input");
        }

        _request.Shape = _isJinas ? RequestShape.Jina : RequestShape.OpenAI;
        _request.Truncate = _truncate ?? !_isJinas;

        // OpenAI's own client for Python always sends an encoding_format, so the type, which nobody sends unasked, wins.
        _request.Encodings = _types ?? [_format ?? VectorEncoding.Float];
        return _request;
    }

    private void ReadValue(RequestField field, ref Utf8JsonReader reader, int maxInputs)
    {
        switch (field)
        {
            case RequestField.Input:
                _isJinas |= InputReader.Read(ref reader, _request, maxInputs);
                break;
            case RequestField.Model:
                _request.Model = FieldValues.String(ref reader, "model");
                break;
            case RequestField.EncodingFormat:
                _format = FieldValues.Format(ref reader);
                break;
            case RequestField.EmbeddingType:
                _types = FieldValues.Types(ref reader);
                break;
            case RequestField.Dimensions:
                _request.Dimensions = FieldValues.Dimensions(ref reader);
                break;
            case RequestField.User:
                FieldValues.String(ref reader, "user");
                break;
            case RequestField.Normalized:
                _request.Normalized = FieldValues.Boolean(ref reader, "normalized");
                break;
            case RequestField.Truncate:
                _truncate = FieldValues.Boolean(ref reader, "truncate");
                break;
            case RequestField.Task:
                FieldValues.String(ref reader, "task");
                _request.HasTask = true;
                break;
            case RequestField.LateChunking when FieldValues.Boolean(ref reader, "late_chunking"):
                throw RefusedException.InvalidBody("late_chunking is true, which this model cannot do; leave it out, or send the chunks as inputs.", "late_chunking");
        }
    }
}
