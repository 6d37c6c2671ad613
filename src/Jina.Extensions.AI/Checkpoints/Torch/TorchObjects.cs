namespace Jina.Extensions.AI.Checkpoints.Torch;

/// <summary>The few Python globals that a state dict needs, and the data that stands for what they make.</summary>
internal static class TorchObjects
{
    private const int MaximumRank = 8;

    private static readonly PickleGlobal OrderedDictionary = new("collections", "OrderedDict");
    private static readonly PickleGlobal RebuildTensor = new("torch._utils", "_rebuild_tensor_v2");
    private static readonly PickleGlobal RebuildParameter = new("torch._utils", "_rebuild_parameter");

    /// <summary>Returns a global if it is one of the known.</summary>
    public static PickleGlobal Find(string module, string name)
    {
        var global = new PickleGlobal(module, name);
        return global == OrderedDictionary || global == RebuildTensor || global == RebuildParameter || IsStorage(global)
            ? global
            : throw new FormatException($"the global {global} is not one that a state dict needs; nothing of it was executed");
    }

    public static Dictionary<string, object?> NewDictionary() => new(StringComparer.Ordinal);

    /// <summary>Returns what a call of a global stands for.</summary>
    public static object? Call(object? function, object?[]? arguments) => (function, arguments) switch
    {
        (PickleGlobal global, []) when global == OrderedDictionary => NewDictionary(),
        (PickleGlobal global, [TorchTensor tensor, ..]) when global == RebuildParameter => tensor,
        (PickleGlobal global, [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..]) when global == RebuildTensor =>
            View(storage, offset, shape, strides),
        _ => throw new FormatException($"{function ?? "None"} is called with arguments that a state dict does not have"),
    };

    /// <summary>Returns the storage of a persistent id: ('storage', class, key, device, element count).</summary>
    public static TorchStorage FindStorage(object? id) =>
        id is object?[] and ["storage", PickleGlobal type, string key, _, long count, ..] && IsStorage(type) && count >= 0
            ? new TorchStorage(key, type.Name, count)
            : throw new FormatException("a persistent id is not that of a tensor's storage");

    private static bool IsStorage(PickleGlobal global) =>
        global.Module == "torch" && global.Name.EndsWith("Storage", StringComparison.Ordinal);

    private static TorchTensor View(TorchStorage storage, long offset, object?[] shape, object?[] strides)
    {
        var lengths = Array.ConvertAll(shape, Size);
        var steps = Array.ConvertAll(strides, Size);
        if (lengths.Length != steps.Length || lengths.Length > MaximumRank)
        {
            throw new FormatException($"a tensor has {lengths.Length} axes and {steps.Length} strides; as many of both, at most {MaximumRank}, are expected");
        }

        // The position of the last element, which must lie in the storage as the first must.
        Int128 last = offset;
        for (var axis = 0; axis < lengths.Length; axis++)
        {
            last += (Int128)(lengths[axis] - 1) * steps[axis];
        }

        return offset >= 0 && offset <= storage.ElementCount && (lengths.Contains(0) || last < storage.ElementCount)
            ? new TorchTensor(storage, offset, lengths, steps)
            : throw new FormatException(
                $"a tensor of shape {TensorLayout.Describe(lengths)} at offset {offset} reaches beyond its storage {storage.Key} of {storage.ElementCount} elements");
    }

    private static long Size(object? value) =>
        value is long and >= 0 ? (long)value : throw new FormatException("a tensor's shape or strides hold something that is not a size");
}
