using System.Globalization;
using Jina.Testing;
using Microsoft.Playwright;

namespace Jina.Embeddings.Tool.BrowserTests;

/// <summary>Represents the page in a browser, and records its requests and errors.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private OpenPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) => Problems.AddRange(message.Type is "error" or "warning" ? [message.Text] : []);
        page.PageError += (_, error) => Problems.Add(error);
        page.Dialog += async (_, dialog) =>
        {
            Problems.Add($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.Request += (_, request) => Requests.Add(new Uri(request.Url));
    }

    public IPage Page { get; }

    /// <summary>Gets the errors and warnings of the console, failed scripts and dialogs.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Gets the requests of the page to any server.</summary>
    public List<Uri> Requests { get; } = [];

    public ILocator Status => Page.GetByRole(AriaRole.Status);

    public ILocator Error => Page.GetByRole(AriaRole.Alert);

    public ILocator Texts => Page.GetByLabel("Texts, one per line");

    public ILocator Key => Page.GetByLabel("API key");

    public ILocator Truncated => Page.Locator("#truncated");

    public ILocator Query => Page.GetByRole(AriaRole.Textbox, new() { Name = "Query" });

    /// <summary>Opens the page, which compares its examples on load.</summary>
    public static async Task<OpenPage> OpenAsync(
        Chromium chromium,
        ServeProcess server,
        int width = 1280,
        int height = 900,
        ColorScheme scheme = ColorScheme.Light,
        bool javaScript = true)
    {
        var context = await chromium.Require().NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            JavaScriptEnabled = javaScript,
        });
        var page = new OpenPage(context, await context.NewPageAsync());
        await page.Page.GotoAsync(server.Address);
        return page;
    }

    /// <summary>Waits for the result of the examples that the page compares on load.</summary>
    public Task WaitForResultAsync() => Assertions.Expect(Status).ToContainTextAsync("dimensions");

    /// <summary>Compares texts and waits for the result.</summary>
    public async Task CompareAsync(string query, params string[] texts)
    {
        await WaitForResultAsync();
        await Texts.FillAsync(string.Join('\n', texts));
        await Query.FillAsync(query);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await Assertions.Expect(Page.Locator("#matrix tbody tr")).ToHaveCountAsync(texts.Length);
        await Assertions.Expect(Page.Locator("#matrix tbody th").Last).ToHaveAttributeAsync("title", texts[^1]);
        await Assertions.Expect(Page.Locator("#results")).Not.ToHaveAttributeAsync("aria-busy", "true");
    }

    public ILocator Sample(string name) => Page.Locator(".sample", new() { HasTextString = name });

    /// <summary>Returns the similarities of the texts to the query, in the order of the list.</summary>
    public async Task<IReadOnlyList<double>> ScoresAsync() =>
        [.. (await Page.Locator("#passages data").AllTextContentsAsync()).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    /// <summary>Returns the numbers of the heat map, row by row.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> MatrixAsync() =>
        await Task.WhenAll((await Page.Locator("#matrix tbody tr").AllAsync()).Select(row => row.Locator("td").AllTextContentsAsync()));

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
