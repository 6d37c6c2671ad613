using System.Text.Json;

namespace Jina.Evaluation.Datasets;

/// <summary>Reads files of one JSON object per line. Empty lines are skipped.</summary>
internal static class JsonLines
{
    /// <param name="path">The path of the file. A file with the extension .gz is decompressed.</param>
    /// <param name="expected">The description of a valid line, for error messages.</param>
    /// <param name="read">Reads a line. For missing properties it may throw the exceptions of JsonElement.</param>
    /// <exception cref="DatasetException">A line is not valid.</exception>
    public static IEnumerable<T> Read<T>(string path, string expected, Func<JsonElement, T> read) =>
        from line in DataLines.Read(path)
        where !string.IsNullOrWhiteSpace(line.Text)
        select Parse(path, line.Number, line.Text, expected, read);

    private static T Parse<T>(string path, int number, string line, string expected, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return read(json.RootElement);
        }
        catch (JsonException e)
        {
            throw DatasetException.At(path, number, expected, $"invalid JSON ({e.Message.TrimEnd('.')})");
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            using var json = JsonDocument.Parse(line);
            throw DatasetException.At(path, number, expected, Describe(json.RootElement));
        }
    }

    /// <summary>Returns names and kinds, which show the error. The values may be private texts.</summary>
    private static string Describe(JsonElement json) => json.ValueKind == JsonValueKind.Object
        ? $"an object with {string.Join(", ", json.EnumerateObject().Select(property => $"{property.Name} ({property.Value.ValueKind})"))}"
        : $"{json.ValueKind}";
}
