using System.Diagnostics;
using System.Globalization;

namespace RagConsole.Documents;

/// <summary>Reads documents. Formats with a parser are read in a child process, which limits their time and memory.</summary>
/// <remarks>
/// The child process starts with the first document that needs it and reads all documents, until one of them ends it. This class is
/// for one caller at a time.
/// </remarks>
/// <param name="baseTime">The time for a small document, including the start of the process.</param>
internal sealed class DocumentReader(TimeSpan baseTime) : IDisposable
{
    /// <summary>The reason for a document that exceeds the memory limit.</summary>
    public const string TooMuchMemory = "reading it takes more than 1 GB of memory. Save it in another format or in smaller files.";

    /// <summary>A PDF with 1,000 pages of text takes 0.2 GB, and a web page of 15 MB takes 0.5 GB.</summary>
    private const long MemoryLimit = 1L << 30;

    /// <summary>A PDF of 1 MB with 1,000 pages of text takes 3 seconds on an idle machine.</summary>
    private static readonly TimeSpan TimePerMegabyte = TimeSpan.FromSeconds(10);

    private Process? _process;

    /// <summary>Gets the default for the time of a small document. The process starts in less than a second on an idle machine.</summary>
    public static TimeSpan DefaultBaseTime { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Returns the text of a file, or the reason why it is skipped.</summary>
    /// <param name="file">The name of the file.</param>
    /// <param name="content">The content of the file.</param>
    /// <param name="cancellationToken">Ends the child process.</param>
    public async Task<ReadResult> ReadAsync(string file, byte[] content, CancellationToken cancellationToken)
    {
        if (!DocumentFormats.HasParser(file))
        {
            return DocumentFormats.Read(file, content);
        }

        var process = _process ??= Start();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timeLimit = baseTime + (content.Length / 1048576.0 * TimePerMegabyte);
        limit.CancelAfter(timeLimit);
        try
        {
            await using var end = limit.Token.Register(process.Kill);
            var request = new ReadRequest(Path.GetExtension(file), content);
            var result = await Task.Run(() => Exchange(process, request), CancellationToken.None);
            if (result.Remark == TooMuchMemory)
            {
                // Pools can keep the memory of this document, and then the next one would run out of memory too.
                Dispose();
            }

            return result;
        }
        catch (IOException)
        {
            Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            return ReadResult.Reject(limit.IsCancellationRequested
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"reading it takes more than {timeLimit.TotalSeconds:0} seconds. Save it in another format or in smaller files.")
                : TooMuchMemory);
        }
    }

    public void Dispose()
    {
        _process?.Kill();
        _process?.Dispose();
        _process = null;
    }

    private static ReadResult Exchange(Process process, ReadRequest request)
    {
        ReaderMessages.Write(process.StandardInput.BaseStream, request);
        process.StandardInput.BaseStream.Flush();
        return ReaderMessages.ReadResult(process.StandardOutput.BaseStream);
    }

    /// <summary>Returns the program to start as a reader.</summary>
    private static string FindProgram(out string[] arguments)
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, typeof(DocumentReader).Assembly.GetName().Name!);
        arguments = [ReaderProcess.Argument];
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            arguments = [$"{assembly}.dll", .. arguments];
            return Environment.ProcessPath!;
        }

        // A test is another program, with this one beside it. An installed tool has a program of another name in another folder.
        var program = OperatingSystem.IsWindows() ? $"{assembly}.exe" : assembly;
        return File.Exists(program) ? program : Environment.ProcessPath!;
    }

    private static Process Start()
    {
        var start = new ProcessStartInfo(FindProgram(out var arguments), arguments);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;

        // The runtime writes a stack trace to stderr if it runs out of memory.
        start.RedirectStandardError = true;
        start.Environment["DOTNET_GCHeapHardLimit"] = $"0x{MemoryLimit:X}";
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        return process;
    }
}
