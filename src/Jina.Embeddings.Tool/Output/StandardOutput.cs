using Microsoft.Win32.SafeHandles;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Writes bytes to stdout and reports errors.</summary>
internal sealed class StandardOutput : IByteSink
{
    private const int BrokenPipe = 32;

    private readonly Stream _stream = Open();

    /// <exception cref="OutputClosedException">The other end of the pipe is closed.</exception>
    /// <exception cref="CommandException">The bytes cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException e) when (e.HResult == BrokenPipe && !OperatingSystem.IsWindows())
        {
            throw new OutputClosedException(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(e);
        }
    }

    /// <summary>
    /// Opens a stream on the handle, because the console stream of .NET ignores writes to a closed pipe and the tool would
    /// continue to compute. A stream on the handle of a file has its own position, however, and would overwrite the output of
    /// the shell's earlier commands, so files use the console stream.
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
            throw NotWritable(e);
        }
    }

    private static CommandException NotWritable(Exception cause) =>
        new($"stdout: The results cannot be written ({cause.Message}). Redirect the output to a place that can be written.");
}

/// <summary>
/// The exception that is thrown when the reader of stdout has closed the pipe (<c>| head -1</c>). The command ends without an
/// error.
/// </summary>
internal sealed class OutputClosedException(Exception inner) : Exception("The reader of stdout closed the pipe.", inner);
