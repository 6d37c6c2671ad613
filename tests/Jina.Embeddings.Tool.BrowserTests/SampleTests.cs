using static Microsoft.Playwright.Assertions;

namespace Jina.Embeddings.Tool.BrowserTests;

/// <summary>Tests the samples, which the demo model must get visibly right.</summary>
public sealed class SampleTests(Chromium chromium, DemoServer server) : IClassFixture<DemoServer>
{
    /// <summary>The least difference between the last right text and the first other text.</summary>
    private const double Visible = 0.2;

    [Theory]
    [InlineData("Help desk", 7, "When do you open on Sunday?", "Opening hours at the weekend")]
    [InlineData("Headlines", 8, "Doctors report a new treatment for asthma", "The clinic tests a drug against the flu")]
    [InlineData("Other words", 7, "The doctor healed the sick man", "The physician cured the patient")]
    [InlineData("Long text", 5, "Fill the tank with fresh water")]
    public async Task The_demo_model_ranks_the_right_texts_first(string sample, int texts, params string[] right)
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);
        await page.WaitForResultAsync();

        await page.Sample(sample).ClickAsync();

        await Expect(page.Page.Locator("#passages .text").First).ToContainTextAsync(right[0]);
        await Expect(page.Page.Locator("#passages li")).ToHaveCountAsync(texts);
        await Expect(page.Sample(sample)).ToHaveAttributeAsync("aria-pressed", "true");
        var shown = await page.Page.Locator("#passages .text").AllTextContentsAsync();
        Assert.All(right.Zip(shown), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
        var scores = await page.ScoresAsync();
        Assert.True(scores[right.Length - 1] - scores[right.Length] >= Visible, string.Join(' ', scores));
    }

    [Fact]
    public async Task The_long_sample_shows_truncation()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);
        await page.WaitForResultAsync();

        await page.Sample("Long text").ClickAsync();

        await Expect(page.Truncated).ToContainTextAsync("1 text is longer than 512 tokens.");
    }

    [Fact]
    public async Task A_sample_does_not_lose_the_texts_of_the_user()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);
        await page.WaitForResultAsync();
        await Expect(page.Sample("Help desk")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Sample("Your texts")).ToBeHiddenAsync();
        await page.Texts.FillAsync("my first text\nmy second text");
        await page.Query.FillAsync("my query");
        await Expect(page.Sample("Your texts")).ToHaveAttributeAsync("aria-pressed", "true");

        await page.Sample("Headlines").ClickAsync();
        await Expect(page.Query).ToHaveValueAsync("Is there news about medicine?");
        await page.Sample("Your texts").ClickAsync();

        await Expect(page.Texts).ToHaveValueAsync("my first text\nmy second text");
        await Expect(page.Query).ToHaveValueAsync("my query");
        await Expect(page.Page.Locator("#passages li")).ToHaveCountAsync(2);
    }
}
