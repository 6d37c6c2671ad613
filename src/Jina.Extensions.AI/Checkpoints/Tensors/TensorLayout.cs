namespace Jina.Extensions.AI.Checkpoints.Tensors;

/// <summary>Computes sizes from shapes and strides without overflow, for all values that a file can declare.</summary>
internal static class TensorLayout
{
    /// <summary>Returns the number of elements, or <see langword="null"/> if it exceeds 64 bits.</summary>
    public static long? ElementCount(IReadOnlyList<long> shape)
    {
        if (shape.Contains(0))
        {
            return 0;
        }

        Int128 count = 1;
        foreach (var length in shape)
        {
            count *= length;
            if (count > long.MaxValue)
            {
                return null;
            }
        }

        return (long)count;
    }

    /// <summary>Returns the number of bytes, or <see langword="null"/> if it exceeds 64 bits.</summary>
    public static long? ByteLength(IReadOnlyList<long> shape, TensorElementType type) =>
        ElementCount(shape) is { } count && count <= long.MaxValue / type.Size() ? count * type.Size() : null;

    /// <summary>Returns the strides of a shape whose element count is known to fit.</summary>
    public static long[] RowMajorStrides(IReadOnlyList<long> shape)
    {
        var strides = new long[shape.Count];
        var step = 1L;
        for (var axis = shape.Count - 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step *= Math.Max(1, shape[axis]);
        }

        return strides;
    }

    /// <summary>Determines whether the elements fill their memory without gaps or overlaps, in any order of the axes.</summary>
    public static bool IsDense(IReadOnlyList<long> shape, IReadOnlyList<long> strides)
    {
        var step = 1L;
        foreach (var axis in Enumerable.Range(0, shape.Count).Where(a => shape[a] != 1).OrderBy(a => strides[a]))
        {
            if (strides[axis] != step)
            {
                return false;
            }

            step *= Math.Max(1, shape[axis]);
        }

        return true;
    }

    public static string Describe(IEnumerable<long> shape) => $"[{string.Join(", ", shape)}]";
}
