using System.Globalization;
using System.Text;
using MimeKit;

namespace RagConsole.Documents.Mail;

/// <summary>Reads a mail message and the messages attached to it, or the messages of a mailbox one by one.</summary>
internal static class MailText
{
    /// <summary>A forwarded discussion has a few levels. The readers call themselves for nested parts.</summary>
    private const int MaxDepth = 128;

    private static readonly ParserOptions Options = new() { MaxMimeDepth = MaxDepth };

    // MimeKit takes the encodings of older mail from the registered providers.
    static MailText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads a file with one message.</summary>
    public static ReadResult ReadMessage(byte[] content)
    {
        var parser = new MimeParser(Options, new MemoryStream(content, writable: false), MimeFormat.Entity);
        using var message = Parse(parser);
        if (message is null || !IsMessage(message))
        {
            throw new UnreadableDocumentException("it is not a mail message. Expected header fields such as From and Subject.");
        }

        var writer = new MessageWriter(countsAttachedMessages: true);
        writer.Add(message);
        return Create(writer, writer.Messages > 1 ? PlaceUnit.Message : PlaceUnit.File, []);
    }

    /// <summary>Reads a mailbox in the mbox format. Only one message is in memory at a time.</summary>
    public static ReadResult ReadMailbox(byte[] content)
    {
        if (!content.AsSpan().TrimStart("\r\n"u8).StartsWith("From "u8))
        {
            throw new UnreadableDocumentException("it is not a mailbox. Expected 'From ' at the start of its first line.");
        }

        var parser = new MimeParser(Options, new MemoryStream(content, writable: false), MimeFormat.Mbox);
        var writer = new MessageWriter(countsAttachedMessages: false);
        var remarks = new List<string>();
        while (!parser.IsEndOfStream && !writer.IsTooLong)
        {
            using var message = Parse(parser);
            if (message is null)
            {
                remarks.Add(string.Create(
                    CultureInfo.InvariantCulture, $"it is damaged after message {writer.Messages:N0}, and the rest was not read."));
                break;
            }

            writer.Add(message);
        }

        return Create(writer, PlaceUnit.Message, remarks);
    }

    private static ReadResult Create(MessageWriter writer, PlaceUnit unit, List<string> remarks)
    {
        if (writer.Unreadable > 0)
        {
            remarks.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"only the header was read of encrypted messages, or of those signed as a whole or nested too deeply: "
                + $"{writer.Unreadable:N0}."));
        }

        var remark = remarks.Count == 0 ? null : string.Join(' ', remarks);
        return ReadResult.Create(writer.ToDocument(unit), remark ?? "its messages have no text.", remark);
    }

    private static MimeMessage? Parse(MimeParser parser)
    {
        try
        {
            return parser.ParseMessage();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Determines whether a file has header fields of a message. The parser accepts any text.</summary>
    private static bool IsMessage(MimeMessage message) =>
        message.Headers.Any(header => header.Id is HeaderId.From or HeaderId.Sender or HeaderId.Subject or HeaderId.Date
            or HeaderId.To or HeaderId.MessageId or HeaderId.Received or HeaderId.MimeVersion or HeaderId.ContentType);
}
