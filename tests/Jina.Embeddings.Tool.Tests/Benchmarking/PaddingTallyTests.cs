using Jina.Embeddings.Tool.Benchmarking;

namespace Jina.Embeddings.Tool.Tests.Benchmarking;

public sealed class PaddingTallyTests
{
    [Fact]
    public void Padding_is_the_part_of_all_positions_that_holds_no_token()
    {
        var padding = new PaddingTally();

        padding.Add(texts: 2, length: 10, tokens: 15);
        padding.Add(texts: 1, length: 20, tokens: 20);

        Assert.Equal(5.0 / 40, padding.Fraction, 12);
    }

    [Fact]
    public void Texts_alone_have_none()
    {
        var padding = new PaddingTally();
        padding.Add(texts: 1, length: 7, tokens: 7);

        Assert.Equal(0, padding.Fraction);
    }

    [Fact]
    public void It_begins_anew_when_cleared()
    {
        var padding = new PaddingTally();
        Assert.True(padding.IsEmpty);
        padding.Add(texts: 2, length: 10, tokens: 15);
        Assert.False(padding.IsEmpty);

        padding.Clear();

        Assert.True(padding.IsEmpty);
        Assert.Equal(0, padding.Fraction);
    }

    [Fact]
    public void Threads_count_together()
    {
        var padding = new PaddingTally();

        Parallel.For(0, 10_000, _ => padding.Add(texts: 3, length: 4, tokens: 9));

        Assert.Equal(0.25, padding.Fraction, 12);
    }
}
