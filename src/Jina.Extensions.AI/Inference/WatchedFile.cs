using Jina.Extensions.AI.Files;
using Microsoft.Win32.SafeHandles;

namespace Jina.Extensions.AI.Inference;

/// <summary>Represents a file of weights that a session was opened with, and notices whether it has changed since.</summary>
/// <remarks>
/// The file stays open. If its name is deleted or refers to another file later, the content here is still the old one. Only a program
/// that writes into the file itself changes the content.
/// </remarks>
internal sealed class WatchedFile : IDisposable
{
    private readonly FileStamp _stamp;

    /// <exception cref="JinaModelException">The file cannot be opened.</exception>
    public WatchedFile(string path)
    {
        Path = path;
        Handle = ModelFileReader.Read(
            path, static path => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        Content = new BoundedFile(path, Handle);
        _stamp = FileStamp.Of(Handle);
    }

    /// <summary>Gets the path of the file.</summary>
    public string Path { get; }

    /// <summary>Gets the open file.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Gets the content of the open file.</summary>
    public BoundedFile Content { get; }

    /// <summary>Checks that no program has written into the file.</summary>
    /// <exception cref="JinaModelException">The size or the time of the file has changed.</exception>
    public void ThrowIfWritten() => Require(FileStamp.Of(Handle));

    /// <summary>Checks that no program has written into the file, and that its name does not refer to another file.</summary>
    /// <exception cref="JinaModelException">The size or the time of the file, or of the file with its name, has changed.</exception>
    public void ThrowIfReplaced()
    {
        Require(FileStamp.Of(Handle));
        Require(FileStamp.Of(Path));
    }

    public void Dispose() => Content.Dispose();

    private void Require(FileStamp found)
    {
        if (found != _stamp)
        {
            throw new JinaModelException(
                Path,
                $"The file has changed while the model uses it: found {found}; {_stamp} is expected. Restart the app to load the new file. "
                + "To update a model in use, write a new file and rename it to this name.");
        }
    }
}
