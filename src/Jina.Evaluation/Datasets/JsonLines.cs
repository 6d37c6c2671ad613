using System.Text.Json;

namespace Jina.Evaluation.Datasets;

/// <summary>Reads files of one JSON object per line. Empty lines are passed over.</summary>
internal static class JsonLines
{
    /// <param name="path">The file; .gz is unpacked.</param>
    /// <param name="expected">What a line should be, for the message that one is not.</param>
    /// <param name="read">Reads a line; what it does not find there it may throw about as JsonElement does.</param>
    /// <exception cref="DatasetException">A line is something else.</exception>
    public static IEnumerable<T> Read<T>(string path, string expected, Func<JsonElement, T> read) =>
        DataLines.Read(path).Where(line => !string.IsNullOrWhiteSpace(line.Text)).Select(line => Parse(path, line.Number, line.Text, expected, read));

    private static T Parse<T>(string path, int number, string line, string expected, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return read(json.RootElement);
        }
        catch (JsonException e)
        {
            throw DatasetException.At(path, number, expected, $"no JSON ({e.Message.TrimEnd('.')})");
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            using var json = JsonDocument.Parse(line);
            throw DatasetException.At(path, number, expected, Describe(json.RootElement));
        }
    }

    /// <summary>Names and kinds tell what is wrong; the values may be anybody's texts.</summary>
    private static string Describe(JsonElement json) => json.ValueKind == JsonValueKind.Object
        ? $"an object with {string.Join(", ", json.EnumerateObject().Select(property => $"{property.Name} ({property.Value.ValueKind})"))}"
        : $"{json.ValueKind}";
}
