using System.Runtime.ExceptionServices;

namespace RagConsole.Documents;

/// <summary>Reads documents for another process, which limits the memory of this one and ends it if a document takes too long.</summary>
internal static class ReaderProcess
{
    /// <summary>The argument that starts this program as a reader.</summary>
    public const string Argument = "read-documents";

    /// <summary>The parsers call themselves for nested objects.</summary>
    private const int StackSize = 64 << 20;

    /// <summary>Messages of parsers can contain text of the document.</summary>
    private const int MaxMessageLength = 200;

    /// <summary>Reads the documents on stdin until it ends, which is also the end of a document that is being read.</summary>
    public static int Run()
    {
        // Ctrl+C reaches this process too. The other process decides what happens.
        Console.CancelKeyPress += (_, press) => press.Cancel = true;
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        while (ReaderMessages.ReadRequest(input) is { } request)
        {
            new Thread(() => ReaderMessages.Write(output, Read(request)), StackSize) { IsBackground = true }.Start();
        }

        return 0;
    }

    private static ReadResult Read(ReadRequest request)
    {
        // PdfPig catches every exception while it decompresses, and the text would be missing without a reason.
        var isOutOfMemory = false;
        void Watch(object? sender, FirstChanceExceptionEventArgs thrown) => isOutOfMemory |= thrown.Exception is OutOfMemoryException;
        AppDomain.CurrentDomain.FirstChanceException += Watch;
        var result = TryRead(request);
        AppDomain.CurrentDomain.FirstChanceException -= Watch;
        return isOutOfMemory ? ReadResult.Reject(DocumentReader.TooMuchMemory) : result;
    }

    private static ReadResult TryRead(ReadRequest request)
    {
        try
        {
            return DocumentFormats.Read(request.File, request.Content);
        }
        catch (Exception error)
        {
            // The parser of a format can throw anything for a damaged file.
            var message = error.Message.ReplaceLineEndings(" ");
            message = message.Length <= MaxMessageLength ? message : $"{message[..MaxMessageLength]}...";
            return ReadResult.Reject($"it is damaged, or its name has the extension of another format: {message}");
        }
    }
}
