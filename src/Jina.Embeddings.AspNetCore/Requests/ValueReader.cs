using System.Globalization;
using System.Text.Json;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Reads the values of a request's fields, except the input. Each method rejects values of another type.</summary>
internal static class ValueReader
{
    private const string FormatNames = "\"float\" or \"base64\"";
    private const string TypeNames = "\"float\", \"base64\", \"binary\" or \"ubinary\"";

    private static readonly (string Name, VectorEncoding Encoding)[] Encodings =
    [
        ("float", VectorEncoding.Float),
        ("base64", VectorEncoding.Base64),
        ("binary", VectorEncoding.Binary),
        ("ubinary", VectorEncoding.Ubinary),
    ];

    /// <summary>Reads a string.</summary>
    public static string ReadString(ref Utf8JsonReader json, string field)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            throw Invalid(ref json, field, "a string");
        }

        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw InvalidUnicode(field);
        }
    }

    /// <summary>Creates the exception for a string that cannot be read.</summary>
    public static RejectedException InvalidUnicode(string field) => RejectedException.InvalidBody(
        $"The field '{field}' is not valid Unicode: it has invalid UTF-8, or half of a surrogate pair. Send the body as UTF-8.", field);

    /// <summary>Reads true or false.</summary>
    public static bool ReadBoolean(ref Utf8JsonReader json, string field) => json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Invalid(ref json, field, "true or false"),
    };

    /// <summary>Reads an integer that is greater than 0. It can be a string, because some clients send a text field.</summary>
    public static int ReadPositiveInteger(ref Utf8JsonReader json, string field)
    {
        var number = 0;
        var isInteger = json.TokenType switch
        {
            JsonTokenType.Number => json.TryGetInt32(out number),
            JsonTokenType.String => int.TryParse(json.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
        if (isInteger && number > 0)
        {
            return number;
        }

        throw Invalid(ref json, field, "an integer greater than 0");
    }

    /// <summary>Reads OpenAI's name of an encoding.</summary>
    public static VectorEncoding ReadEncodingFormat(ref Utf8JsonReader json, string field) => FindEncoding(ref json) switch
    {
        VectorEncoding.Float => VectorEncoding.Float,
        VectorEncoding.Base64 => VectorEncoding.Base64,
        _ => throw InvalidName(ref json, field, FormatNames),
    };

    /// <summary>Reads Jina's name of an encoding, or a list of names. Repeated names count once, and null does not count.</summary>
    public static IReadOnlyList<VectorEncoding> ReadEmbeddingTypes(ref Utf8JsonReader json, string field)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            return [FindEncoding(ref json) ?? throw InvalidName(ref json, field, $"{TypeNames}, or a list of these")];
        }

        var types = new List<VectorEncoding>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            var type = FindEncoding(ref json) ?? throw InvalidName(ref json, field, $"a list of {TypeNames}");
            if (!types.Contains(type))
            {
                types.Add(type);
            }
        }

        return types.Count > 0 ? types : throw RejectedException.InvalidValue(field, "an empty list", $"at least one of {TypeNames}");
    }

    private static VectorEncoding? FindEncoding(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            return null;
        }

        // Comparing bytes, unlike reading a string, also works for invalid UTF-8, so that the rejection names the field.
        foreach (var (name, encoding) in Encodings)
        {
            if (json.ValueTextEquals(name))
            {
                return encoding;
            }
        }

        return null;
    }

    private static RejectedException InvalidName(ref Utf8JsonReader json, string field, string expected) =>
        json.TokenType == JsonTokenType.String
            ? RejectedException.InvalidValue(field, "an unknown string", expected)
            : Invalid(ref json, field, expected);

    private static RejectedException Invalid(ref Utf8JsonReader json, string field, string expected) =>
        RejectedException.InvalidValue(field, RejectionText.Describe(json.TokenType), expected);
}
