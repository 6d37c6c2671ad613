using System.Text.Json;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Diagnostics;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Checkpoints.Weights;

/// <summary>Reads the index of a checkpoint that is split into several weight files.</summary>
internal static class ShardIndex
{
    // The largest published models have about 200 files.
    private const int MaximumShards = 1000;

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
            // Different texts can be the same path, so a file is found by its path.
            var file = weight.Value.ValueKind == JsonValueKind.String ? weight.Value.GetString()! : "";
            var place = InnerPath.Resolve(Path.GetDirectoryName(path)!, file, path);
            if (!shards.TryGetValue(place, out var shard))
            {
                if (shards.Count == MaximumShards)
                {
                    throw new JinaModelException(
                        path, $"The file names more than {MaximumShards} weight files; an encoder has a few. Download the model again.");
                }

                shard = readShard(place);
                shards.Add(place, shard);
            }

            if (!shard.Contains(weight.Name))
            {
                throw new JinaModelException(
                    path,
                    $"The file maps {PrintableText.Name(weight.Name)} to {PrintableText.Name(file)}, which does not contain it. Download "
                    + "the model again.");
            }

            joined.AddFrom(shard, weight.Name, weight.Name);
        }

        return joined;
    }
}
