namespace Jina.Extensions.AI.Checkpoints.Tensors;

/// <summary>Represents the place of one weight: little-endian elements in a file.</summary>
/// <param name="Name">The weight's name in the state dict, e.g. <c>shared.weight</c>.</param>
/// <param name="File">The absolute path of the file.</param>
/// <param name="Offset">The position of the first element in <paramref name="File"/>, in bytes.</param>
/// <param name="Length">The size of the elements, in bytes.</param>
/// <param name="ElementType">The type of one element.</param>
/// <param name="Shape">The logical shape.</param>
/// <param name="Strides">
/// The step of each axis, in elements: row-major, or a permutation of row-major if the state dict has a transposed view. In both
/// cases, the elements fill their <paramref name="Length"/> bytes without gaps.
/// </param>
internal sealed record TensorEntry(
    string Name,
    string File,
    long Offset,
    long Length,
    TensorElementType ElementType,
    IReadOnlyList<long> Shape,
    IReadOnlyList<long> Strides);
