namespace Jina.Benchmarking.Tests;

public sealed class PaddingTallyTests
{
    [Fact]
    public void Padding_is_the_fraction_of_positions_without_a_token()
    {
        var padding = new PaddingTally();

        padding.Add(texts: 2, length: 10, tokens: 15);
        padding.Add(texts: 1, length: 20, tokens: 20);

        Assert.Equal(5.0 / 40, padding.Fraction, 12);
    }

    [Fact]
    public void A_single_text_has_no_padding()
    {
        var padding = new PaddingTally();
        padding.Add(texts: 1, length: 7, tokens: 7);

        Assert.Equal(0, padding.Fraction);
    }

    [Fact]
    public void Clear_resets_the_counts()
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
    public void Threads_can_count_concurrently()
    {
        var padding = new PaddingTally();

        Parallel.For(0, 10_000, _ => padding.Add(texts: 3, length: 4, tokens: 9));

        Assert.Equal(0.25, padding.Fraction, 12);
    }
}
