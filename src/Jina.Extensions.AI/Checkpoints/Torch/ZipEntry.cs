namespace Jina.Extensions.AI.Checkpoints.Torch;

/// <summary>One file inside a zip archive, as the central directory states it.</summary>
/// <param name="Name">The name with its folders.</param>
/// <param name="Flags">The general purpose flags.</param>
/// <param name="Method">The compression method; 0 means stored.</param>
/// <param name="Length">The size in bytes as stored in the archive.</param>
/// <param name="HeaderOffset">Where the local header lies.</param>
internal sealed record ZipEntry(string Name, int Flags, int Method, long Length, long HeaderOffset);
