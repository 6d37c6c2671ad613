using RagConsole.Answers;

namespace RagConsole.Tests.Answers;

public sealed class CitationsTests
{
    [Theory]
    [InlineData("Daily [1], [2] and [3].")]
    [InlineData("[1, 2] [2;3] [1-3] [1\u20133] \u30102\u3011 [ 1 ]")]
    [InlineData("[a] [1a] [] array[x] 7 (7) [7](https://example.org)")]
    [InlineData("[0] [4]", "0", "4")]
    [InlineData("[9] [9] [1, 9]", "9")]
    [InlineData("[2-5]", "5")]
    [InlineData("\u30107\u3011 [^8] [999999999]", "7", "8", "999999999")]
    public void Numbers_that_are_not_the_number_of_a_passage_are_found(string answer, params string[] missing) =>
        Assert.Equal(missing, Citations.FindMissing(answer, passages: 3));
}
