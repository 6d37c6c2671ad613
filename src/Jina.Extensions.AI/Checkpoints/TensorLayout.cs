namespace Jina.Extensions.AI.Checkpoints;

/// <summary>Arithmetic on shapes and strides that a hostile file cannot overflow.</summary>
internal static class TensorLayout
{
    /// <summary>Returns the number of elements, or null where it exceeds 64 bits.</summary>
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

    /// <summary>Returns the number of bytes, or null where it exceeds 64 bits.</summary>
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

    /// <summary>Returns whether the elements fill their memory without gap or overlap, in whatever order of the axes.</summary>
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
