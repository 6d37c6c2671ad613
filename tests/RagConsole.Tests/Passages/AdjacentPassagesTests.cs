using RagConsole.Passages;

namespace RagConsole.Tests.Passages;

public sealed class AdjacentPassagesTests
{
    [Fact]
    public void Adjacent_passages_are_one_hit_with_the_rank_and_the_score_of_the_best()
    {
        var merged = Merge(
            3, Create("a", 5, "e"), Create("b", 1, "other"), Create("a", 4, "d"), Create("a", 9, "far"), Create("c", 0, "new"));

        Assert.Equal(["d\ne", "other", "far"], merged.Select(hit => hit.Passage.Text));
        Assert.Equal([1, 0.9, 0.7], merged.Select(hit => hit.Score));
        Assert.Equal((40, 59), (merged[0].Passage.StartLine, merged[0].Passage.EndLine));
    }

    [Fact]
    public void At_most_three_are_merged_and_the_others_do_not_take_a_place()
    {
        var merged = Merge(
            2,
            [.. new[] { 2, 3, 1, 4, 0 }.Select(number => Create("a", number, $"{number}")), Create("b", 0, "b")]);

        Assert.Equal(["1\n2\n3", "b"], merged.Select(hit => hit.Passage.Text));
    }

    [Fact]
    public void Passages_of_equal_numbers_in_other_documents_are_not_adjacent() =>
        Assert.Equal(2, Merge(5, Create("a", 1, "one"), Create("b", 2, "two")).Count);

    [Theory]
    [InlineData("Rain: Use\nOne. This is shared.", "Rain: Use\nThis is shared. Two.", "Rain: Use\nOne. This is shared. Two.")]
    [InlineData("# Rain\nOne. This is shared.", "Rain\nThis is shared. Two.", "# Rain\nOne. This is shared. Two.")]
    [InlineData("One. This is shared.", "This is shared. Two.", "One. This is shared. Two.")]
    [InlineData("Rain: Use\nOne.", "Rain: Use\nTwo.", "Rain: Use\nOne.\nTwo.")]
    [InlineData("Rain: Use\nOne.", "Rain\n## Care\nTwo.", "Rain: Use\nOne.\nRain\n## Care\nTwo.")]
    [InlineData("One.", "Two.", "One.\nTwo.")]
    public void Merged_texts_do_not_repeat_sentences_and_headings(string first, string second, string text)
    {
        var (one, two) = (Create("a", 0, first), Create("a", 1, second));
        two.StartLine = one.EndLine;

        Assert.Equal(text, Assert.Single(Merge(1, two, one)).Passage.Text);
    }

    [Fact]
    public void Equal_lines_of_code_are_not_an_overlap() => Assert.Equal(
        "case 1:\n    break;\n    break;\ncase 2:",
        Assert.Single(Merge(1, Create("a", 0, "case 1:\n    break;"), Create("a", 1, "    break;\ncase 2:"))).Passage.Text);

    private static IReadOnlyList<Hit> Merge(int top, params Passage[] passages) =>
        AdjacentPassages.Merge(passages.Select((passage, index) => new Hit(passage, 1 - (index / 10.0))), top);

    private static Passage Create(string source, int number, string text) => new()
    {
        Key = Passage.GetKey(source, "v", number),
        Source = source,
        StartLine = 10 * number,
        EndLine = (10 * number) + 9,
        Text = text,
    };
}
