using System.Text.Json;

namespace Jina.Extensions.AI.Checkpoints;

/// <summary>One of a model's small JSON files; a key that is null counts as missing.</summary>
internal sealed class JsonFile
{
    private const int MaximumLength = 64 << 20;

    private JsonFile(string path, JsonElement root)
    {
        Path = path;
        Root = root;
    }

    public string Path { get; }

    public JsonElement Root { get; }

    /// <summary>Reads a file that must exist.</summary>
    public static JsonFile Open(string path, JsonValueKind root = JsonValueKind.Object)
    {
        using var file = CheckpointFile.Open(path);
        if (file.Length > MaximumLength)
        {
            throw new JinaModelException(path, $"it has {file.Length} bytes; a small JSON file is expected. Download the file again.");
        }

        ReadOnlyMemory<byte> bytes = file.Read(0, (int)file.Length);
        if (bytes.Span.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        return new JsonFile(path, JsonText.Parse(bytes, root, path, "the file"));
    }

    /// <summary>Reads a file, or returns null where there is none.</summary>
    public static JsonFile? OpenIfPresent(string path, JsonValueKind root = JsonValueKind.Object) =>
        File.Exists(path) ? Open(path, root) : null;

    public string? Text(string key) =>
        Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Wrong(key, value, "a string");

    public bool? Flag(string key) =>
        Find(key) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Wrong(key, value, "true or false");

    public int? PositiveInteger(string key) =>
        Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0 ? number
        : throw Wrong(key, value, "a positive integer");

    public double? Number(string key) =>
        Find(key) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number
        : throw Wrong(key, value, "a number");

    /// <summary>Returns the objects of an array's file.</summary>
    public IEnumerable<JsonFile> Items()
    {
        foreach (var item in Root.EnumerateArray())
        {
            yield return item.ValueKind == JsonValueKind.Object
                ? new JsonFile(Path, item)
                : throw new JinaModelException(Path, $"its list holds a JSON {item.ValueKind}; objects are expected. Download the file again.");
        }
    }

    /// <summary>Returns the key's value, or null where it is missing.</summary>
    public JsonElement? Find(string key) =>
        Root.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private JinaModelException Wrong(string key, JsonElement value, string expected)
    {
        var found = value.GetRawText();
        found = found.Length > 80 ? found[..80] + "…" : found;
        return new JinaModelException(Path, $"{key} is {found}; {expected} is expected. Correct the file or download it again.");
    }
}
