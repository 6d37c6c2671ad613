using System.Globalization;
using Jina.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Jina.Embeddings.Tool.BrowserTests;

/// <summary>Tests what the page shows of texts that are long, or longer than the model reads.</summary>
public sealed class LongTextTests(Chromium chromium, DemoServer server) : IClassFixture<DemoServer>
{
    private const int Limit = 512;

    // 2,000 words. Each has a character of two bytes, because the server counts positions in bytes.
    private static readonly string TooLong = string.Join(' ', Enumerable.Range(0, 2000).Select(i => i % 2 == 0 ? "café" : "naïve"));

    [Fact]
    public async Task The_tokens_of_each_text_are_shown_and_longer_texts_are_marked()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);

        await page.CompareAsync("", "a cat", TooLong, "a cat on a mat");

        var tokens = await page.Page.Locator("#passages .tokens").AllTextContentsAsync();
        Assert.Equal($"{await CountAsync("a cat")} / 512 tokens", tokens[0]);
        Assert.Equal($"truncated {(await CountAsync(TooLong)).ToString("N0", CultureInfo.InvariantCulture)} / 512 tokens", tokens[1]);
        Assert.Equal($"{await CountAsync("a cat on a mat")} / 512 tokens", tokens[2]);
        await Expect(page.Truncated).ToHaveTextAsync("1 text is longer than 512 tokens. The model read only its beginning.");
    }

    [Fact]
    public async Task The_tokens_of_the_query_are_shown()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);

        await page.CompareAsync(TooLong, "a cat", TooLong);

        var tokens = (await CountAsync(TooLong)).ToString("N0", CultureInfo.InvariantCulture);
        await Expect(page.Page.Locator("#query-tokens")).ToHaveTextAsync($"truncated Query: {tokens} / 512 tokens");
        await Expect(page.Truncated).ToHaveTextAsync("2 texts are longer than 512 tokens. The model read only their beginnings.");
    }

    [Fact]
    public async Task Texts_within_the_limit_are_not_marked()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);

        await page.CompareAsync("", TooLong);
        await Expect(page.Truncated).ToBeVisibleAsync();
        await page.CompareAsync("", "a cat");

        await Expect(page.Truncated).ToBeHiddenAsync();
        await Expect(page.Page.GetByText("truncated")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_long_text_is_folded_and_shows_what_the_model_did_not_read()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);
        await page.CompareAsync("", TooLong, "a cat");
        var shown = page.Page.Locator("#passages .text").First;
        Assert.True((await shown.TextContentAsync())!.Length < 250);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Show all 2,000 words" }).ClickAsync();

        var unread = await shown.Locator(".unread").TextContentAsync();
        Assert.EndsWith(unread!, TooLong, StringComparison.Ordinal);
        // The model reads this part and the end token.
        Assert.Equal(Limit, await CountAsync(TooLong[..^unread!.Length]));
        Assert.Equal($"{TooLong[..^unread.Length]}The model did not read the rest:{unread}", await shown.TextContentAsync());

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Show less" }).ClickAsync();
        Assert.True((await shown.TextContentAsync())!.Length < 250);
    }

    [Fact]
    public async Task If_the_server_does_not_count_the_tokens_the_note_about_truncation_stays()
    {
        chromium.Require();
        await using var small = await ServeProcess.StartAsync("--max-tokens", "1000");
        await using var page = await OpenPage.OpenAsync(chromium, small);

        await page.CompareAsync("", TooLong, "a cat");

        await Expect(page.Truncated).ToContainTextAsync("1 text is longer than 512 tokens.");
        Assert.Equal(["", ""], await page.Page.Locator("#passages .tokens").AllTextContentsAsync());
        await Expect(page.Error).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Many_texts_are_shown_on_request()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);
        await page.CompareAsync("", [.. Enumerable.Range(1, 60).Select(i => $"text {i}")]);
        Assert.Equal(20, await page.Page.Locator("#passages li").CountAsync());

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Show all 60 texts" }).ClickAsync();

        Assert.Equal(
            Enumerable.Range(1, 60).Select(i => $"text {i}"), await page.Page.Locator("#passages .text").AllTextContentsAsync());
        await Expect(page.Page.Locator("#passages li").Nth(20)).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(900)]
    [InlineData(560)]
    public async Task The_form_stays_in_view_beside_long_results(int height)
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process, height: height);
        await page.CompareAsync("a text", [.. Enumerable.Range(1, 60).Select(i => $"text {i}")]);

        await page.Page.Mouse.WheelAsync(0, 100_000);
        await Expect(page.Page.GetByText("For programs")).ToBeInViewportAsync();

        await Expect(page.Texts).ToBeInViewportAsync();
        await Expect(page.Query).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Compare" })).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    /// <summary>Returns the number of tokens of a whole text, with the end token.</summary>
    private async Task<int> CountAsync(string text)
    {
        using var content = System.Net.Http.Json.JsonContent.Create(new { inputs = text });
        var response = await server.Process.Client.PostAsync("tokenize", content, TestContext.Current.CancellationToken);
        using var body = System.Text.Json.JsonDocument.Parse(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return body.RootElement[0].GetArrayLength();
    }
}
