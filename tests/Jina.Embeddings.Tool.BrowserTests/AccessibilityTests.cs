using Jina.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Jina.Embeddings.Tool.BrowserTests;

/// <summary>Tests that everybody can use the page: its contrast, the keyboard, narrow windows, and browsers without JavaScript.</summary>
public sealed class AccessibilityTests(Chromium chromium, DemoServer server) : IClassFixture<DemoServer>
{
    private static readonly string Long = string.Join(' ', Enumerable.Repeat("A ship enters the harbor at high tide.", 250));

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Contrast_meets_WCAG_AA(ColorScheme scheme)
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process, scheme: scheme);
        await page.CompareAsync("ships", Long, "A boat is in the port", "The soup was cold");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Show all" }).ClickAsync();
        await AssertContrastAsync(page, texts: 50);

        await page.Texts.FillAsync("");
        await page.Texts.PressAsync("Control+Enter");
        await Expect(page.Error).ToBeVisibleAsync();

        await AssertContrastAsync(page, texts: 50);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Contrast_meets_WCAG_AA_while_a_key_is_required(ColorScheme scheme)
    {
        await using var locked = await ServeProcess.StartAsync("--api-key", "a-key-of-this-test");
        await using var page = await OpenPage.OpenAsync(chromium, locked, scheme: scheme);
        await page.Key.FillAsync("a-wrong-key");
        await page.Key.PressAsync("Enter");
        await Expect(page.Error).ToBeVisibleAsync();

        await AssertContrastAsync(page, texts: 15);
    }

    [Fact]
    public async Task The_page_works_without_a_mouse()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);
        await page.WaitForResultAsync();

        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(page.Sample("Help desk")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.Locator("#matrix tbody tr")).ToHaveCountAsync(8);
        await Expect(page.Sample("Headlines")).ToBeFocusedAsync();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await page.Page.Keyboard.PressAsync("Tab");
        }

        await Expect(page.Texts).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Control+A");
        await page.Page.Keyboard.InsertTextAsync($"one\n{Long}");
        await page.Page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Page.Locator("#matrix tbody tr")).ToHaveCountAsync(2);

        // The query, the button, the fold and the heat map follow.
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(page.Query).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.GetByRole(AriaRole.Button, new() { Name = "Show less" })).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(page.Page.GetByRole(AriaRole.Region, new() { Name = "All pairs" })).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(360)]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task The_page_fits_its_window(int width)
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process, width);

        await page.CompareAsync(new string('q', 300), new string('t', 300), Long, "short");

        Assert.Equal(width, await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task On_a_narrow_screen_the_results_come_into_view()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process, width: 390);

        await page.CompareAsync("a", "b", "c");

        await Expect(page.Page.GetByText("Nearest to the query")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task The_dark_and_light_themes_differ()
    {
        await using var light = await OpenPage.OpenAsync(chromium, server.Process);
        await using var dark = await OpenPage.OpenAsync(chromium, server.Process, scheme: ColorScheme.Dark);

        const string color = "getComputedStyle(document.body).backgroundColor";
        Assert.NotEqual(await light.Page.EvaluateAsync<string>(color), await dark.Page.EvaluateAsync<string>(color));
    }

    [Fact]
    public async Task Without_JavaScript_the_page_says_what_to_do_instead()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process, javaScript: false);

        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "This page needs JavaScript" })).ToBeVisibleAsync();
        var commands = page.Page.Locator("noscript pre");
        await Expect(commands.First).ToBeVisibleAsync();
        await Expect(commands).ToContainTextAsync(["curl SERVER/v1/embeddings", "jina-embeddings similarity"]);
        await Expect(page.Texts).ToBeHiddenAsync();
    }

    private static async Task AssertContrastAsync(OpenPage page, int texts)
    {
        // A result that is being replaced is dimmed for a moment.
        await Expect(page.Page.Locator("#results")).Not.ToHaveAttributeAsync("aria-busy", "true");
        var ratios = await page.Page.EvaluateAsync<Measured[]>(Contrast.OfTexts);
        Assert.True(ratios.Length >= texts, $"{ratios.Length} texts");
        Assert.DoesNotContain(ratios, measured => !(measured.Ratio >= Contrast.Text));
        var graphics = await page.Page.EvaluateAsync<Measured[]>(Contrast.OfGraphics);
        Assert.Contains(graphics, measured => measured.Name == "focus");
        Assert.DoesNotContain(graphics, measured => !(measured.Ratio >= Contrast.Graphics));
    }

    private sealed record Measured
    {
        public string Name { get; set; } = "";

        public double Ratio { get; set; }
    }
}
