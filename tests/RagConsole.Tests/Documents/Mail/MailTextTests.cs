using System.Text;
using RagConsole.Documents;
using RagConsole.Documents.Mail;

namespace RagConsole.Tests.Documents.Mail;

public sealed class MailTextTests
{
    private const string Header = "From: Ann <ann@example.org>\nTo: bob@example.org\nSubject: Rain\n";

    [Fact]
    public void A_message_is_read_with_its_important_fields()
    {
        var document = Read(
            "From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>\nTo: Ann <ann@example.org>, bob@example.org\nCc: team: c@example.org;\n"
            + "Date: Sun, 29 Nov 2026 12:00:00 +0100\nSubject: =?utf-8?b?UmVnZW4g8J+Mpw==?=\nX-Spam: no\n\nHello\n# not a heading\n");

        Assert.Equal(
            "# Regen 🌧\n\nFrom: Jürgen <j@example.org>\nTo: Ann <ann@example.org>, bob@example.org\nCc: team\n"
            + "Date: 2026-11-29 12:00 +01:00\n\nHello\n # not a heading",
            document.Text);
        Assert.Equal(PlaceUnit.File, document.Unit);
    }

    [Fact]
    public void Plain_text_is_preferred_and_HTML_is_read_as_a_web_page()
    {
        const string Html = "--b\nContent-Type: text/html\n\n<title>x</title><style>p {}</style><p>In <b>bold</b>.<p>End";
        const string Alternatives = Header + "Content-Type: multipart/alternative; boundary=b\n\n";

        Assert.EndsWith("\n\nplain", Read($"{Alternatives}--b\n\nplain\n{Html}\n--b--").Text, StringComparison.Ordinal);
        Assert.EndsWith("\n\nIn bold.\n\nEnd", Read($"{Alternatives}--b\n\n \n{Html}\n--b--").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Attachments_are_named_and_attached_messages_are_read()
    {
        var document = Read(
            Header + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below.\n"
            + "--b\nContent-Type: application/pdf; name=report.pdf\nContent-Transfer-Encoding: base64\n\nAAAA\n"
            + "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=log.txt\n\nlong log\n"
            + "--b\nContent-Type: message/rfc822\n\nSubject: Older\nFrom: c@example.org\n\nold body\n--b--\n");

        Assert.Equal(
            "# Rain\n\nFrom: Ann <ann@example.org>\nTo: bob@example.org\n\nSee below.\n\nAttachments: report.pdf, log.txt\n\n"
            + "## Older\n\nFrom: c@example.org\n\nold body",
            document.Text);
        Assert.Equal((PlaceUnit.Message, 1, 2), (document.Unit, document.LineOf("See below"), document.LineOf("old body")));
    }

    [Fact]
    public void Wrapped_lines_of_flowed_text_are_joined() => Assert.EndsWith(
        "\n\none two\nthree",
        Read(Header + "Content-Type: text/plain; format=flowed\n\none \ntwo\nthree\n").Text,
        StringComparison.Ordinal);

    [Fact]
    public void Older_encodings_are_read()
    {
        var cyrillic = CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetBytes("дождь");
        byte[] message = [.. Encoding.ASCII.GetBytes(Header + "Content-Type: text/plain; charset=windows-1251\n\n"), .. cyrillic];

        Assert.EndsWith("\n\nдождь", MailText.ReadMessage(message).Document!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Content-Type: multipart/encrypted; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nV\n--b--")]
    [InlineData("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\nContent-Transfer-Encoding: base64\n\nAAAA")]
    [InlineData("\n-----BEGIN PGP MESSAGE-----\nAAAA\n-----END PGP MESSAGE-----")]
    public void The_header_of_an_encrypted_message_is_read_with_a_remark(string body)
    {
        var result = MailText.ReadMessage(Encoding.UTF8.GetBytes(Header + body));

        Assert.StartsWith("# Rain\n\nFrom: Ann", result.Document!.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", result.Document.Text, StringComparison.Ordinal);
        Assert.EndsWith("or of those signed as a whole or nested too deeply: 1.", result.Remark, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Just a text.\n\nMore.")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("")]
    public void Another_file_is_not_a_message(string text) => Assert.StartsWith(
        "it is not a mail message.",
        Assert.Throws<UnreadableDocumentException>(() => Read(text)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Messages_of_a_mailbox_are_numbered_and_escaped_lines_are_restored()
    {
        const string Separator = "From ann@example.org Sun Nov 29 12:00:00 2026\n";
        var document = MailText.ReadMailbox(Encoding.UTF8.GetBytes(
            $"{Separator}Subject: A\n\none\n>From here on\n>>From there\n> From a quote\n\n"
            + $"{Separator}From: x@example.org\n\ntwo\n")).Document!;

        Assert.Equal(
            "# A\n\none\nFrom here on\n>From there\n> From a quote\n\n# (no subject)\n\nFrom: x@example.org\n\ntwo", document.Text);
        Assert.Equal((PlaceUnit.Message, 1, 2), (document.Unit, document.LineOf("one"), document.LineOf("two")));
    }

    [Fact]
    public void A_web_page_that_is_nested_too_deeply_does_not_hide_the_other_messages()
    {
        const string Separator = "From ann@example.org Sun Nov 29 12:00:00 2026\n";
        var deep = string.Concat(Enumerable.Repeat("<div>", 20_000));
        var result = MailText.ReadMailbox(Encoding.UTF8.GetBytes(
            $"{Separator}Subject: A\nContent-Type: text/html\n\n{deep}\n\n{Separator}Subject: B\n\ntwo\n"));

        Assert.Equal(
            "# A\n\n(The body is encrypted, signed as a whole, or nested too deeply.)\n\n# B\n\ntwo", result.Document!.Text);
        Assert.EndsWith(": 1.", result.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_separator_is_not_a_mailbox() => Assert.StartsWith(
        "it is not a mailbox.",
        Assert.Throws<UnreadableDocumentException>(() => MailText.ReadMailbox("Subject: A\n\none"u8.ToArray())).Message,
        StringComparison.Ordinal);

    private static Document Read(string message) => MailText.ReadMessage(Encoding.UTF8.GetBytes(message)).Document!;
}
