using System.Text.Json;
using Jina.Extensions.AI.Diagnostics;

namespace Jina.Extensions.AI.Files;

/// <summary>Represents one of a model's small JSON files. A key whose value is null counts as missing.</summary>
internal sealed class JsonFile
{
    // The longest real ones are a tokenizer_config.json and an index of shards, with about 1 MB.
    private const int MaximumLength = 8 << 20;

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
        ReadOnlyMemory<byte> bytes = BoundedFile.ReadAll(path, MaximumLength, "A JSON file");
        if (bytes.Span.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        return new JsonFile(path, JsonText.Parse(bytes, root, path, "The file"));
    }

    /// <summary>Reads a file, or returns <see langword="null"/> if nothing exists at its path.</summary>
    public static JsonFile? OpenIfPresent(string path, JsonValueKind root = JsonValueKind.Object) =>
        RegularFile.IsPresent(path) ? Open(path, root) : null;

    public string? Text(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { } value => throw Wrong(key, value, "a string"),
    };

    public bool? Flag(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True or JsonValueKind.False } value => value.GetBoolean(),
        { } value => throw Wrong(key, value, "true or false"),
    };

    public int? PositiveInteger(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) && number > 0 => number,
        { } value => throw Wrong(key, value, "a positive integer"),
    };

    public double? Number(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetDouble(out var number) && double.IsFinite(number) => number,
        { } value => throw Wrong(key, value, "a number"),
    };

    /// <summary>Returns the objects of a file whose root is an array.</summary>
    public IEnumerable<JsonFile> Items()
    {
        foreach (var item in Root.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw new JinaModelException(
                    Path, $"The list contains a JSON {item.ValueKind}. Objects are expected. Download the file again.");
            }

            yield return new JsonFile(Path, item);
        }
    }

    /// <summary>Returns the value of a key, or <see langword="null"/> if it is missing.</summary>
    public JsonElement? Find(string key) =>
        Root.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private JinaModelException Wrong(string key, JsonElement value, string expected)
    {
        var found = PrintableText.Name(value.GetRawText());
        return new JinaModelException(Path, $"{key} is {found}; {expected} is expected. Correct the file or download it again.");
    }
}
