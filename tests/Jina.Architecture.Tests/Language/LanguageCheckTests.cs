namespace Jina.Architecture.Tests.Language;

/// <summary>Tests the check itself: it finds bad sentences at their lines, and accepts good ones.</summary>
public sealed class LanguageCheckTests
{
    [Theory]
    [InlineData("A zip archive is no checkpoint.", "is no")]
    [InlineData("These files are none of ours.", "are none")]
    [InlineData("The file stands beside the model.", "stands")]
    [InlineData("The header tells the size.", "tells")]
    [InlineData("The weights lie in the cache.", "lie")]
    [InlineData("A header is refused.", "refused")]
    [InlineData("Whoever downloads it pays.", "Whoever")]
    [InlineData("The page is not used any more.", "not used any more")]
    [InlineData("It runs. What is longer is cut.", "What is longer is cut.")]
    [InlineData("The colour of normalised, cancelled licences", "colour")]
    [InlineData("The colour of normalised, cancelled licences", "normalised")]
    [InlineData("The colour of normalised, cancelled licences", "cancelled")]
    [InlineData("The colour of normalised, cancelled licences", "licence")]
    public void A_bad_sentence_of_a_page_is_found(string sentence, string text) =>
        Assert.Contains(LanguageCheck.Check("docs/page.md", sentence), violation => violation.Text == text);

    [Theory]
    [InlineData("A zip archive is not a checkpoint. It has no header.")]
    [InlineData("The name stands for a model, and the prefix tells apart texts and queries.")]
    [InlineData("What is longer than the limit? Longer inputs are truncated.")]
    [InlineData("The organism is realistic, an optimist advises the specialist, and the analyses promise precision.")]
    [InlineData("The code `normalise()` and [a link](https://example.org/colour/is/no) are not prose.")]
    [InlineData("The connection was refused.")]
    public void A_good_sentence_of_a_page_is_accepted(string sentence) =>
        Assert.Empty(LanguageCheck.Check("docs/page.md", sentence));

    [Fact]
    public void A_violation_names_its_file_and_line()
    {
        var violation = Assert.Single(LanguageCheck.Check("docs/page.md", "# A page\n\nA zip archive\nis no checkpoint."));

        Assert.Equal("docs/page.md:4: \"is no\": write 'is not a', 'has no' or 'does not'", violation.ToString());
    }

    [Fact]
    public void A_sentence_may_cross_lines() =>
        Assert.Equal(3, Assert.Single(LanguageCheck.Check("docs/page.md", "Text.\n\nA zip archive is\nno checkpoint.")).Line);

    [Fact]
    public void Code_blocks_and_front_matter_are_not_text() =>
        Assert.Empty(LanguageCheck.Check("docs/page.md", "---\nlicence: none\n---\n\n```\nThis is no colour.\n```\n"));

    [Theory]
    [InlineData("| the licence | stands here |")]
    [InlineData("- The licence stands here.")]
    [InlineData("> The licence\n> stands here.")]
    public void Tables_and_lists_are_text(string markdown) =>
        Assert.Equal(["licence", "stands"], LanguageCheck.Check("docs/page.md", markdown).Select(violation => violation.Text).Order());

    [Fact]
    public void A_sentence_has_at_most_40_words()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", LanguageCheck.MaxWords - 1));

        Assert.Empty(LanguageCheck.Check("docs/page.md", $"Text. A {words}. Text."));
        var violation = Assert.Single(LanguageCheck.Check("docs/page.md", $"Text.\nA word\n{words}. Text."));
        Assert.Equal((2, "the sentence has 41 words; at most 40"), (violation.Line, violation.Advice));
        Assert.Empty(LanguageCheck.Check("docs/page.md", $"| A word {words} |"));
        Assert.Single(LanguageCheck.Check("src/File.cs", $"// A word\n// {words.Replace(" ", "\n// ", StringComparison.Ordinal)}."));
    }

    [Fact]
    public void A_line_of_code_has_at_most_140_columns()
    {
        var line = new string('x', LanguageCheck.MaxColumns);

        Assert.Empty(LanguageCheck.Check("src/File.cs", $"\n{line}\n"));
        Assert.Equal(2, Assert.Single(LanguageCheck.Check("src/File.cs", $"\n{line}x\n")).Line);
        Assert.Empty(LanguageCheck.Check("docs/page.md", $"\n{line}x\n"));
    }

    [Theory]
    [InlineData("// This is no file.")]
    [InlineData("/// <summary>Gets the file. It is\n/// no <see cref=\"File\"/>.</summary>")]
    [InlineData("/* This is\n   no file. */")]
    [InlineData("Throw(\"This is no file.\");")]
    [InlineData("Throw($\"{(isFile ? \"a\" : \"b\")} is no file.\");")]
    [InlineData("Throw(@\"The \"\"file\"\" is no file.\");")]
    [InlineData("Throw(\"\"\"\nThis is no \"file\".\n\"\"\");")]
    [InlineData("Throw('\"', \"It is no \\\"file\\\".\");")]
    public void Comments_and_messages_of_code_are_text(string code) =>
        Assert.Contains("is no", Assert.Single(LanguageCheck.Check("src/File.cs", code)).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("var it = is(no, none);")]
    [InlineData("// Nothing, as the comment ends here: it is\nno();")]
    [InlineData("Write(\"{{\", $\"{{{x}\", @\"C:\\\", 'x', $$\"\"\"{ {{x}} \"\"\"); // It is\n\n// no file.")]
    public void The_rest_of_code_is_not_text(string code) => Assert.Empty(LanguageCheck.Check("src/File.cs", code));

    [Theory]
    [InlineData("/// <summary>What a model is.</summary>")]
    [InlineData("/// <summary>\n/// How far a model is.\n/// </summary>")]
    [InlineData("/// <summary>Whether the model is loaded.</summary>")]
    [InlineData("/// <param name=\"x\">Who is told.</param>")]
    public void Documentation_begins_with_a_verb_or_a_noun(string code) => Assert.NotEmpty(LanguageCheck.Check("src/File.cs", code));

    [Fact]
    public void A_parameter_may_begin_with_whether()
    {
        const string code = "/// <summary>Reads it.</summary>\n/// <param name=\"all\">Whether to read all.</param>";

        Assert.Empty(LanguageCheck.Check("src/File.cs", code));
    }

    [Theory]
    [InlineData("var colour = 1;")]
    [InlineData("Normalise(isNormalised);")]
    [InlineData("private ModelCatalogue _catalogue;")]
    public void The_spelling_of_identifiers_is_checked(string code) => Assert.NotEmpty(LanguageCheck.Check("src/File.cs", code));

    [Fact]
    public void The_names_of_tests_are_sentences_and_their_strings_are_data()
    {
        const string code = "public void A_folder_is_no_file() => Read(\"This is no file.\");";

        Assert.Equal("is no", Assert.Single(LanguageCheck.Check("tests/FileTests.cs", code)).Text);
    }

    [Fact]
    public void An_allowed_text_covers_one_text_of_one_file()
    {
        var allowed = new AllowedText("docs/page.md", "is no", "A quotation.");

        Assert.True(allowed.Covers(new Violation("docs/page.md", 1, "is no", "")));
        Assert.False(allowed.Covers(new Violation("docs/page.md", 1, "stands", "")));
        Assert.False(allowed.Covers(new Violation("docs/other.md", 1, "is no", "")));
    }
}
