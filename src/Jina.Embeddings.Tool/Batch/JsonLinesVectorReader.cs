using System.Text;
using System.Text.Json;

namespace Jina.Embeddings.Tool.Batch;

/// <summary>Reads vectors from JSON lines in the order of the file.</summary>
internal static class JsonLinesVectorReader
{
    /// <exception cref="CommandException">A line is not a vector.</exception>
    public static IEnumerable<VectorRecord> Read(TextReader lines, string path)
    {
        for (var number = 1L; lines.ReadLine() is { } line; number++)
        {
            yield return TryParse(line, out var record)
                ? record
                : throw new CommandException(
                    $"{path}, line {number}: This is not a whole line of embed's output; expected "
                    + "{\"index\":...,\"tokens\":...,\"embedding\":[...]}. Run embed with --resume again.");
        }
    }

    /// <summary>Converts a line. Returns false for a line that is not complete.</summary>
    private static bool TryParse(string line, out VectorRecord record)
    {
        var (index, tokens, id) = (-1L, 0, (string?)null);
        var components = new List<float>();
        record = default;
        try
        {
            var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(line));
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = json.GetString();
                json.Read();
                switch (name)
                {
                    case VectorColumns.Index:
                        index = json.GetInt64();
                        break;
                    case VectorColumns.Id:
                        id = json.GetString();
                        break;
                    case VectorColumns.Tokens:
                        tokens = json.GetInt32();
                        break;
                    case VectorColumns.Embedding:
                        while (json.Read() && json.TokenType == JsonTokenType.Number)
                        {
                            components.Add(json.GetSingle());
                        }

                        break;
                    default:
                        json.Skip();
                        break;
                }
            }

            record = new VectorRecord(index, id, tokens, components.ToArray());
            return index is >= 0 and < long.MaxValue && components.Count > 0 && json.TokenType == JsonTokenType.EndObject && !json.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}
