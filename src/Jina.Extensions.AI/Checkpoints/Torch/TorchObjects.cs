using Jina.Extensions.AI.Checkpoints.Tensors;

namespace Jina.Extensions.AI.Checkpoints.Torch;

/// <summary>Creates plain data for the few Python globals that a state dict needs.</summary>
internal static class TorchObjects
{
    private const int MaximumRank = 8;

    private static readonly PickleGlobal OrderedDictionary = new("collections", "OrderedDict");
    private static readonly PickleGlobal RebuildTensor = new("torch._utils", "_rebuild_tensor_v2");
    private static readonly PickleGlobal RebuildParameter = new("torch._utils", "_rebuild_parameter");

    /// <summary>Returns a global if it is in the list of allowed ones.</summary>
    public static PickleGlobal Find(string module, string name)
    {
        var global = new PickleGlobal(module, name);
        return global == OrderedDictionary || global == RebuildTensor || global == RebuildParameter || IsStorage(global)
            ? global
            : throw new FormatException($"the global {global} is not one that a state dict needs; nothing of it was executed");
    }

    public static Dictionary<string, object?> NewDictionary() => new(StringComparer.Ordinal);

    /// <summary>Returns the data for a call of a global.</summary>
    public static object? Call(object? function, object?[]? arguments) => (function, arguments) switch
    {
        (PickleGlobal global, []) when global == OrderedDictionary => NewDictionary(),
        (PickleGlobal global, [TorchTensor tensor, ..]) when global == RebuildParameter => tensor,
        (PickleGlobal global, [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..]) when global == RebuildTensor =>
            View(storage, offset, shape, strides),
        _ => throw new FormatException($"{function ?? "None"} is called with arguments that a state dict does not have"),
    };

    /// <summary>Returns the storage of a persistent ID: ('storage', class, key, device, element count).</summary>
    public static TorchStorage FindStorage(object? id) =>
        id is object?[] and ["storage", PickleGlobal type, string key, _, long count, ..] && IsStorage(type) && count >= 0
            ? new TorchStorage(key, type.Name, count)
            : throw new FormatException("a persistent id is not that of a tensor's storage");

    private static bool IsStorage(PickleGlobal global) =>
        global.Module == "torch" && global.Name.EndsWith("Storage", StringComparison.Ordinal);

    private static TorchTensor View(TorchStorage storage, long offset, object?[] shape, object?[] strides)
    {
        // A tuple can be used many times for a few bytes each, so its length is checked before it is read.
        if (shape.Length != strides.Length || shape.Length > MaximumRank)
        {
            throw new FormatException(
                $"a tensor has {shape.Length} axes and {strides.Length} strides; equal numbers of at most {MaximumRank} are expected");
        }

        var lengths = Array.ConvertAll(shape, Size);
        var steps = Array.ConvertAll(strides, Size);

        // The position of the last element, which must be inside the storage, like the first one.
        Int128 last = offset;
        for (var axis = 0; axis < lengths.Length; axis++)
        {
            last += (Int128)(lengths[axis] - 1) * steps[axis];
        }

        return offset >= 0 && offset <= storage.ElementCount && (lengths.Contains(0) || last < storage.ElementCount)
            ? new TorchTensor(storage, offset, lengths, steps)
            : throw new FormatException(
                $"a tensor of shape {TensorLayout.Describe(lengths)} at offset {offset} reaches beyond its storage {storage.Key} "
                + $"of {storage.ElementCount} elements");
    }

    private static long Size(object? value) =>
        value is long and >= 0 ? (long)value : throw new FormatException("a tensor's shape or strides contain a value that is not a size");
}

/// <summary>Represents a Python class or function that a pickle mentions. It is only a name.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>Represents the elements of one archive entry. Tensors are views of it.</summary>
/// <param name="Key">The entry's name below <c>data/</c>.</param>
/// <param name="TypeName">The storage class, e.g. <c>FloatStorage</c>.</param>
/// <param name="ElementCount">The number of elements.</param>
internal sealed record TorchStorage(string Key, string TypeName, long ElementCount);

/// <summary>Represents a tensor as the pickle describes it: a view of a storage, in elements.</summary>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides);
