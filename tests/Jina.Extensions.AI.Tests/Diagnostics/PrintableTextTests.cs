using Jina.Extensions.AI.Diagnostics;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Diagnostics;

public sealed class PrintableTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/models/s/config.json: d_model is 32.")]
    [InlineData("Grüße, Ελληνικά, 模型, עברית, عربى, हिन्दी, e\u0301, \ud83d\ude00 \u2026")]
    public void Letters_of_all_languages_stay(string text)
    {
        Assert.Same(text, PrintableText.Message(text));
        Assert.Same(text, PrintableText.Name(text));
    }

    [Theory]
    [InlineData("\u001b[31mred\u0007", @"\u001b[31mred\u0007")]
    [InlineData("a\0b\u007f\u009b", @"a\u0000b\u007f\u009b")]
    [InlineData("one\r\ntwo\tthree", @"one\r\ntwo\tthree")]
    [InlineData("gpj.\u202eexe", @"gpj.\u202eexe")]
    [InlineData("\u200f\u2066x\u2069\u200b\u00ad\ufeff", @"\u200f\u2066x\u2069\u200b\u00ad\ufeff")]
    [InlineData("line\u2028paragraph\u2029", @"line\u2028paragraph\u2029")]
    [InlineData("tag\udb40\udc41", @"tag\U000e0041")]
    [InlineData("\uffff\ufdd0", @"\uffff\ufdd0")]
    public void Characters_that_control_or_deceive_are_escaped(string text, string expected)
    {
        Assert.Equal(expected, PrintableText.Message(text));
        Assert.Equal(expected, PrintableText.Name(text));
    }

    [Fact]
    public void A_lone_surrogate_is_escaped()
    {
        Assert.Equal(@"\ud800x", PrintableText.Message("\ud800x"));
        Assert.Equal("x\\udfff\ud83d\ude00", PrintableText.Name("x\udfff\ud83d\ude00"));
        Assert.Equal(@"\ude00\ud83d", PrintableText.Name("\ude00\ud83d"));
        Assert.DoesNotContain(PrintableText.Name(new string('\ud800', 500)), char.IsSurrogate);
    }

    [Fact]
    public void The_middle_of_a_long_text_is_left_out()
    {
        var message = PrintableText.Message($"begin {new string('x', 100_000_000)} end.");

        Assert.Equal(PrintableText.MaximumMessage, message.Length);
        Assert.StartsWith("begin xxx", message, StringComparison.Ordinal);
        Assert.EndsWith("xxx end.", message, StringComparison.Ordinal);
        Assert.Contains("x … x", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_of_the_longest_length_stays_whole()
    {
        var whole = new string('x', PrintableText.MaximumName);

        Assert.Same(whole, PrintableText.Name(whole));
        Assert.Equal(PrintableText.MaximumName, PrintableText.Name(whole + "x").Length);
    }

    [Theory]
    [InlineData("\ud83d\ude00")]
    [InlineData("\u001b")]
    [InlineData("x\ud83d\ude00")]
    public void A_shortened_text_has_no_halves_of_characters(string unit)
    {
        for (var extra = 0; extra < 6; extra++)
        {
            var name = PrintableText.Name(new string('a', extra) + string.Concat(Enumerable.Repeat(unit, 500)));

            Assert.InRange(name.Length, PrintableText.MaximumName - 4, PrintableText.MaximumName);
            Assert.DoesNotContain('\ufffd', new string(name.EnumerateRunes().SelectMany(rune => rune.ToString()).ToArray()));
        }
    }

    [Fact]
    public void After_some_names_the_rest_is_counted() => Assert.Equal(
        @"a, \u001b, 2 and 999998 more",
        PrintableText.Names(Enumerable.Range(0, 1_000_001).Select(i => i switch { 0 => "a", 1 => "\u001b", _ => $"{i}" }), 3));

    [Fact]
    public void An_exception_escapes_its_message_and_its_causes()
    {
        var cause = new FormatException("cause \u001b[2J\u202e");
        var error = new JinaModelException("/m/\u001b[31m.json", "The name is 'x\ny'. Correct it.", cause);

        Assert.Equal(@"/m/\u001b[31m.json: The name is 'x\ny'. Correct it.", error.Message);
        Assert.Equal("/m/\u001b[31m.json", error.ModelPath);
        Assert.Contains(@"cause \u001b[2J\u202e", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error.ToString());
        Assert.Contains('\n', error.ToString());
    }

    [Fact]
    public void A_message_about_a_folder_with_control_characters_is_one_line()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not allow control characters in names.");
        using var folder = new TemporaryFolder();
        var path = Directory.CreateDirectory(folder.File("a\n\u001b[31m")).FullName;

        var error = Assert.Throws<JinaModelException>(() => JinaModelInfo.Read(path));

        Assert.Contains(@"a\n\u001b[31m", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }
}
