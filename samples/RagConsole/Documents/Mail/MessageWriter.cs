using System.Globalization;
using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Cryptography;
using MimeKit.Text;
using RagConsole.Documents.Html;

namespace RagConsole.Documents.Mail;

/// <summary>
/// Writes messages as people read them: the subject as a heading, the important fields, the body and the names of attachments.
/// </summary>
/// <param name="countsAttachedMessages">Whether messages that are attached have their own numbers.</param>
internal sealed partial class MessageWriter(bool countsAttachedMessages)
{
    /// <summary>Lists of more addresses are for machines.</summary>
    private const int MaxAddresses = 20;

    /// <summary>A line of a mail has at most 998 characters.</summary>
    private const int MaxSubject = 1000;

    private readonly TextBuilder _text = new();
    private readonly List<string> _attachments = [];
    private readonly List<MimeMessage> _attached = [];
    private int _number;
    private int _level;

    /// <summary>Gets the number of messages.</summary>
    public int Messages { get; private set; }

    /// <summary>Gets the number of messages whose body cannot be read.</summary>
    public int Unreadable { get; private set; }

    public bool IsTooLong => _text.IsTooLong;

    public Document ToDocument(PlaceUnit unit) => _text.ToDocument(unit);

    /// <summary>Adds a message and the messages that are attached to it.</summary>
    public void Add(MimeMessage message)
    {
        _number++;
        Messages++;
        Write(message);
    }

    private void Write(MimeMessage message)
    {
        _level++;
        _text.EndBlock(blankLine: true);
        _text.StartHeading(_level);
        var subject = string.IsNullOrWhiteSpace(message.Subject) ? "(no subject)" : message.Subject;
        _text.Append(subject[..Math.Min(subject.Length, MaxSubject)], _number);
        _text.EndHeading();
        WriteField("From", Join(message.From));
        WriteField("To", Join(message.To));
        WriteField("Cc", Join(message.Cc));
        WriteField(
            "Date", message.Date == default ? "" : message.Date.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));

        _attachments.Clear();
        _attached.Clear();
        _text.EndBlock(blankLine: true);
        AddPart(message.Body);
        _text.EndBlock(blankLine: true);
        WriteField("Attachments", string.Join(", ", _attachments));
        foreach (var attached in _attached.ToList())
        {
            if (countsAttachedMessages)
            {
                _number++;
                Messages++;
            }

            Write(attached);
        }

        _level--;
    }

    private void WriteField(string name, string value)
    {
        if (value.Length > 0)
        {
            _text.EndBlock(blankLine: false);
            _text.Append($"{name}: {value.ReplaceLineEndings(" ")}", _number);
        }
    }

    private static string Join(InternetAddressList addresses)
    {
        var names = addresses.Take(MaxAddresses).Select(address => address switch
        {
            MailboxAddress { Name: { Length: > 0 } name } mailbox => $"{name} <{mailbox.Address}>",
            MailboxAddress mailbox => mailbox.Address,
            _ => address.Name ?? "",
        });
        var more = addresses.Count > MaxAddresses
            ? string.Create(CultureInfo.InvariantCulture, $" and {addresses.Count - MaxAddresses:N0} more")
            : "";
        return string.Join(", ", names) + more;
    }

    private void AddPart(MimeEntity? part)
    {
        switch (part)
        {
            case MultipartEncrypted or ApplicationPkcs7Mime:
                AddUnreadable();
                break;
            case MultipartAlternative alternatives:
                AddPart(Choose(alternatives));
                break;
            case MultipartRelated related:
                AddPart(related.Root);
                break;
            case Multipart parts:
                foreach (var child in parts)
                {
                    AddPart(child);
                }

                break;
            case MessagePart { Message: { } message }:
                _attached.Add(message);
                break;
            case TextPart { IsAttachment: false } text:
                AddText(text);
                break;
            case MimePart { FileName: { Length: > 0 } name }:
                _attachments.Add(name);
                break;

            // Old programs wrote "text" without a subtype.
            case MimePart other
                when other.Headers[HeaderId.ContentType]?.StartsWith("text;", StringComparison.OrdinalIgnoreCase) == true:
                AddText(new TextPart("plain") { Content = other.Content });
                break;
            default:
                break;
        }
    }

    private void AddUnreadable()
    {
        Unreadable++;
        _text.EndBlock(blankLine: true);
        _text.Append("(The body is encrypted, signed as a whole, or nested too deeply.)", _number);
    }

    /// <summary>Returns the part that is text, or else the last one, which is the best.</summary>
    private static MimeEntity? Choose(Multipart alternatives) =>
        alternatives.OfType<TextPart>().FirstOrDefault(text => text.IsPlain && !string.IsNullOrWhiteSpace(text.Text))
        ?? alternatives.OfType<TextPart>().LastOrDefault(text => text.IsHtml)
        ?? alternatives.LastOrDefault();

    private void AddText(TextPart part)
    {
        var body = part.Text;
        if (part.ContentTransferEncoding != ContentEncoding.Base64)
        {
            body = EscapedFrom().Replace(body, "${line}");
        }

        if (body.Contains("-----BEGIN PGP MESSAGE-----", StringComparison.Ordinal))
        {
            AddUnreadable();
            return;
        }

        if (part.IsHtml)
        {
            try
            {
                body = HtmlText.Read(body, titleAsHeading: false).Text;
            }
            catch (UnreadableDocumentException)
            {
                // The other messages of a mailbox are still worth reading.
                AddUnreadable();
                return;
            }
        }
        else if (part.IsFlowed)
        {
            body = new FlowedToText { DeleteSpace = part.ContentType.Parameters["delsp"] == "yes" }.Convert(body);
        }
        else if (!part.IsPlain && part.ContentType.MediaSubtype is "calendar" or "rtf" or "enriched" or "richtext" or "css" or "xml")
        {
            return;
        }

        _text.EndBlock(blankLine: true);

        // The heading of a message is its subject. In a body, # can be anything.
        _text.Append(NumberSign().Replace(body, " #"), _number);
    }

    /// <summary>Finds lines that a mailbox escapes, because "From " at the start of a line separates messages.</summary>
    [GeneratedRegex("^>(?<line>>*From )", RegexOptions.Multiline)]
    private static partial Regex EscapedFrom();

    [GeneratedRegex("^#", RegexOptions.Multiline)]
    private static partial Regex NumberSign();
}
