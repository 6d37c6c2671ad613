using System.Text.Json;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Checkpoints.Weights;

/// <summary>Reads the index of a checkpoint that is split into several weight files.</summary>
internal static class ShardIndex
{
    /// <summary>Joins the tensors of all shards that the index names.</summary>
    public static TensorDirectory Read(string path, Func<string, TensorDirectory> readShard)
    {
        var index = JsonFile.Open(path);
        if (index.Find("weight_map") is not { ValueKind: JsonValueKind.Object } map)
        {
            throw new JinaModelException(
                path, "The file has no weight_map object, which maps each weight to its file. Download the file again.");
        }

        var joined = new TensorDirectory(path);
        var shards = new Dictionary<string, TensorDirectory>(StringComparer.Ordinal);
        foreach (var weight in map.EnumerateObject())
        {
            var file = weight.Value.ValueKind == JsonValueKind.String ? weight.Value.GetString()! : "";
            if (!shards.TryGetValue(file, out var shard))
            {
                shard = readShard(InnerPath.Resolve(Path.GetDirectoryName(path)!, file, path));
                shards.Add(file, shard);
            }

            if (!shard.Contains(weight.Name))
            {
                throw new JinaModelException(
                    path, $"The file maps {weight.Name} to {file}, which does not contain it. Download the model again.");
            }

            joined.AddFrom(shard, weight.Name, weight.Name);
        }

        return joined;
    }
}
