using RagConsole.Passages;

namespace RagConsole.Tests.Passages;

public sealed class RelevanceTests
{
    [Theory]
    [InlineData("How do I clean the gauges?", 1)]
    [InlineData("Clean the carburettor", 0.5)]
    [InlineData("CLEANING?", 1)]
    [InlineData("xyzzy plugh", 0)]
    [InlineData("How do I do it?", 0)]
    public void The_share_of_the_longer_words_that_the_passages_contain_is_computed(string question, double share) =>
        Assert.Equal(share, Relevance.ShareOfWords(question, [new Hit(new Passage { Text = "Clean the gauge." }, 1)]));
}
