using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Extensions.AI.Checkpoints.Tensors;
using static Jina.Fuzzing.Runs.WrongStructureException;

namespace Jina.Fuzzing.Targets;

/// <summary>Checks the properties of every weight that a reader declares, computed in another way than the reader does.</summary>
internal static class SoundTensors
{
    /// <param name="tensors">The tensors of one file.</param>
    /// <param name="length">The file's length.</param>
    /// <param name="maySharePlaces">Whether several tensors can share the same bytes, as tied weights of a torch file do.</param>
    public static void Check(IEnumerable<TensorEntry> tensors, long length, bool maySharePlaces)
    {
        var ends = new SortedDictionary<long, (long End, string Name)>();
        foreach (var tensor in tensors)
        {
            var elements = tensor.Shape.Aggregate(new System.Numerics.BigInteger(1), (product, axis) => product * axis);
            ThrowUnless(Enum.IsDefined(tensor.ElementType), $"{tensor.Name} has the type {tensor.ElementType}");
            ThrowUnless(tensor.Shape.All(axis => axis >= 0), $"{tensor.Name} has an axis below 0");
            ThrowUnless(
                elements * tensor.ElementType.Size() == tensor.Length,
                $"{tensor.Name} has {elements} elements in {tensor.Length} bytes");
            ThrowUnless(tensor.Offset >= 8 && tensor.Offset <= length - tensor.Length, $"{tensor.Name} is outside its file");
            ThrowUnless(tensor.Length == 0 || TensorLayout.IsDense(tensor.Shape, tensor.Strides), $"{tensor.Name} has gaps");
            if (tensor.Length > 0)
            {
                var shared = !ends.TryAdd(tensor.Offset, (tensor.Offset + tensor.Length, tensor.Name));
                ThrowUnless(!shared || maySharePlaces, $"{tensor.Name} is at the place of another tensor");
            }
        }

        ThrowUnless(maySharePlaces || ends.Zip(ends.Skip(1)).All(pair => pair.First.Value.End <= pair.Second.Key), "two tensors overlap");
    }

    /// <summary>Checks that the sizes of a config are those of the weights.</summary>
    public static void Check(Checkpoint checkpoint)
    {
        var config = checkpoint.Config;
        Same(checkpoint, T5WeightNames.Embedding, config.VocabularySize, config.HiddenSize);
        Same(checkpoint, T5WeightNames.RelativeAttentionBias, config.RelativeAttentionBuckets, config.HeadCount);
        for (var layer = 0; layer < config.LayerCount; layer++)
        {
            Same(checkpoint, T5WeightNames.Query(layer), config.HeadCount * config.HeadSize, config.HiddenSize);
        }

        ThrowUnless(
            checkpoint.Pipeline.Dense is not { } dense || dense.Shape[1] == config.HiddenSize, "the Dense module does not fit");
        ThrowUnless(checkpoint.Pipeline.MaxTokens > 0, "the limit is not positive");
        ThrowUnless(
            checkpoint.WeightFiles.Select(Path.GetFullPath).All(file => file.StartsWith(checkpoint.Folder, StringComparison.Ordinal)),
            "a weight is outside the folder");
    }

    private static void Same(Checkpoint checkpoint, string name, params long[] shape) =>
        ThrowUnless(checkpoint.Tensors[name].Shape.SequenceEqual(shape), $"{name} has another shape than the config");
}
