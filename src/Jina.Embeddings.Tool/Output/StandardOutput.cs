using Microsoft.Win32.SafeHandles;

namespace Jina.Embeddings.Tool.Output;

/// <summary>stdout as bytes, with its errors.</summary>
internal sealed class StandardOutput : IDisposable
{
    private const int BrokenPipe = 32;

    private readonly Stream _stream = Open();

    /// <exception cref="ReaderGoneException">The other end of the pipe is closed.</exception>
    /// <exception cref="CommandException">The bytes cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException e) when (e.HResult == BrokenPipe && !OperatingSystem.IsWindows())
        {
            throw new ReaderGoneException(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>
    /// .NET's console stream drops writes to a closed pipe in silence, so that the tool would compute on for nobody; a stream on the
    /// handle tells. It keeps a position of its own, though, and a file must go on where the shell's other commands left it.
    /// </summary>
    private static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        try
        {
            var stream = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            return stream.CanSeek ? Console.OpenStandardOutput() : stream;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
    }

    private static CommandException Unwritable(Exception cause) =>
        new($"stdout: The results cannot be written ({cause.Message}). Give it a place that can be written.");
}
