namespace Jina.Extensions.AI.Checkpoints;

/// <summary>Where one weight lies: little-endian elements inside a checkpoint file, never read by this folder.</summary>
/// <param name="Name">The weight's name in the state dict, e.g. <c>shared.weight</c>.</param>
/// <param name="File">The absolute path of the file that holds the elements.</param>
/// <param name="Offset">The first element's position in <paramref name="File"/>, in bytes.</param>
/// <param name="Length">The size of the elements, in bytes.</param>
/// <param name="ElementType">The type of one element.</param>
/// <param name="Shape">The logical shape.</param>
/// <param name="Strides">
/// The step of each axis, in elements: row-major, or a permutation of row-major where the state dict saved a
/// transposed view. The elements fill their <paramref name="Length"/> bytes without gaps either way.
/// </param>
internal sealed record TensorEntry(
    string Name,
    string File,
    long Offset,
    long Length,
    TensorElementType ElementType,
    IReadOnlyList<long> Shape,
    IReadOnlyList<long> Strides);
