using System.Text.Json;
using System.Text.Json.Nodes;
using Jina.Extensions.AI.Files;

namespace Jina.Embeddings.Tool.Batch;

/// <summary>Represents what the vectors of a part depend on. A part is only continued with the same settings.</summary>
/// <param name="Values">The names and values of the settings, in the order of messages.</param>
internal sealed record PartSettings(IReadOnlyList<KeyValuePair<string, string>> Values)
{
    /// <summary>Writes the settings.</summary>
    public void Write(string path)
    {
        var json = new JsonObject(Values.Select(setting => KeyValuePair.Create(setting.Key, (JsonNode?)JsonValue.Create(setting.Value))));
        AtomicFile.Write(path, temporary => File.WriteAllText(temporary, json.ToJsonString()));
    }

    /// <summary>Throws if a file contains other settings.</summary>
    /// <exception cref="CommandException">A setting differs, or the file cannot be read.</exception>
    public void ThrowIfDifferent(string path, string part)
    {
        var earlier = Read(path);
        foreach (var (name, value) in Values)
        {
            var found = earlier?[name]?.GetValue<string>();
            if (found != value)
            {
                throw new CommandException(
                    $"{part}: The part was written with another {name}; found {found ?? "no value"}, expected {value}. "
                    + "Use the settings that the part was started with, or delete it to start anew.");
            }
        }
    }

    private static JsonObject? Read(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject;
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            return null;
        }
    }
}
