namespace Jina.Testing;

/// <summary>Represents a folder that is deleted after a test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Gets the absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("jina-test-").FullName;

    /// <summary>Joins path parts below the folder.</summary>
    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
