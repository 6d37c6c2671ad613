using System.Globalization;
using Jina.Extensions.AI;
using Jina.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Jina.Embeddings.Tool.BrowserTests;

/// <summary>Tests the page as a person uses it.</summary>
public sealed class PageTests(Chromium chromium, DemoServer server) : IClassFixture<DemoServer>
{
    private const double TwoDigits = 0.005001;

    private static readonly string[] Texts =
        ["a cat on a mat", "a feline on a rug", "the stock market fell", "shares lost value", "rain in the morning"];

    [Fact]
    public async Task The_heat_map_has_the_cosines_of_all_pairs()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);

        await page.CompareAsync("", Texts);

        var shown = await page.MatrixAsync();
        var vectors = await VectorsAsync(Texts);
        Assert.Equal(Texts.Length, shown.Count);
        for (var i = 0; i < Texts.Length; i++)
        {
            Assert.Equal(Texts.Length, shown[i].Count);
            Assert.Equal("1.00", shown[i][i]);
            for (var j = 0; j < Texts.Length; j++)
            {
                Assert.Equal(shown[j][i], shown[i][j]);
                Assert.Equal(vectors[i].CosineSimilarity(vectors[j]), Number(shown[i][j]), TwoDigits);
            }
        }
    }

    [Fact]
    public async Task The_colors_span_the_pairs_and_leave_out_the_diagonal()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);

        await page.CompareAsync("", Texts);

        var shown = await page.MatrixAsync();
        var pairs = shown.SelectMany((row, i) => row.Where((_, j) => i != j)).Select(Number).ToList();
        await Expect(page.Page.Locator("#lowest")).ToHaveTextAsync(pairs.Min().ToString("F2", CultureInfo.InvariantCulture));
        await Expect(page.Page.Locator("#highest")).ToHaveTextAsync(pairs.Max().ToString("F2", CultureInfo.InvariantCulture));
        var heats = await page.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('#matrix tbody td')].map(cell => cell.style.getPropertyValue('--heat'))");
        Assert.All(heats.Where((_, i) => i % (Texts.Length + 1) == 0), heat => Assert.Equal("", heat));
        var numbers = heats.Where(heat => heat.Length > 0).Select(Number).ToList();
        Assert.Equal(Texts.Length * (Texts.Length - 1), numbers.Count);
        Assert.Equal(0, numbers.Min(), 1e-9);
        Assert.Equal(1, numbers.Max(), 1e-9);
        const string background = "cell => getComputedStyle(cell).backgroundColor";
        Assert.Equal("rgba(0, 0, 0, 0)", await page.Page.Locator("#matrix .self").First.EvaluateAsync<string>(background));
    }

    [Fact]
    public async Task Almost_equal_similarities_have_almost_equal_colors()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);

        await page.CompareAsync("", "a cat", "a cat", "a cat");

        await Expect(page.Page.Locator("#lowest")).ToHaveTextAsync("0.90");
        await Expect(page.Page.Locator("#highest")).ToHaveTextAsync("1.00");
    }

    [Fact]
    public async Task One_text_has_no_pairs()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);

        await page.CompareAsync("an animal", "a cat");

        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "All pairs" })).ToBeHiddenAsync();
        Assert.Single(await page.ScoresAsync());
    }

    [Fact]
    public async Task The_nearest_passages_are_in_the_order_of_their_cosines()
    {
        const string query = "what does the animal sit on?";
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);

        await page.CompareAsync(query, Texts);

        var vectors = await VectorsAsync([query, .. Texts]);
        var expected = Texts.Select((text, i) => (Text: text, Score: vectors[0].CosineSimilarity(vectors[i + 1])))
            .OrderByDescending(passage => passage.Score)
            .ToList();
        Assert.Equal(expected.Select(passage => passage.Text), await page.Page.Locator("#passages .text").AllTextContentsAsync());
        Assert.All((await page.ScoresAsync()).Zip(expected), pair => Assert.Equal(pair.Second.Score, pair.First, TwoDigits));
    }

    [Fact]
    public async Task Without_a_query_the_page_has_no_nearest_passages()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);

        await page.CompareAsync("  ", Texts);

        await Expect(page.Page.GetByText("Nearest to the query")).ToBeHiddenAsync();
        Assert.Equal(Texts, await page.Page.Locator("#passages .text").AllTextContentsAsync());
        Assert.Empty(await page.ScoresAsync());
    }

    [Fact]
    public async Task The_examples_are_compared_on_load_and_the_model_is_shown()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);

        await page.WaitForResultAsync();

        await Expect(page.Status).ToContainTextAsync("demo-en · 256 dimensions");
        await Expect(page.Page.Locator("#model-name")).ToHaveTextAsync("demo-en");
        Assert.Equal(7, (await page.MatrixAsync()).Count);
    }

    [Fact]
    public async Task Hostile_texts_are_shown_as_texts()
    {
        const string image = "<img src=x onerror=alert(1)>";
        const string script = "\"><script>alert(2)</script>";
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);

        await page.CompareAsync("<svg onload=alert(3)>", image, script);

        Assert.Equal([script, image], (await page.Page.Locator("#passages .text").AllTextContentsAsync()).Order(StringComparer.Ordinal));
        await Expect(page.Page.Locator("#matrix tbody th").First).ToHaveTextAsync($"1{image}");
        Assert.Contains($"1 {image}", await page.Page.Locator("#map text").AllTextContentsAsync());
        Assert.Equal(0, await page.Page.Locator("main img, main svg svg, main script, [onload], [onerror]").CountAsync());
        Assert.Empty(page.Problems);
    }

    [Fact]
    public async Task Only_this_server_is_called_and_the_console_stays_empty()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);

        await page.CompareAsync("animals", Texts);

        Assert.True(page.Requests.Count >= 5, $"{page.Requests.Count} requests");
        Assert.All(page.Requests, request => Assert.Equal(new Uri(server.Process.Address).Authority, request.Authority));
        Assert.Empty(page.Problems);
    }

    [Fact]
    public async Task The_policy_allows_only_the_scripts_of_the_page()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);
        await page.WaitForResultAsync();

        using var request = new HttpRequestMessage(HttpMethod.Get, "");
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await server.Process.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        await Assert.ThrowsAsync<PlaywrightException>(() => page.Page.AddScriptTagAsync(new() { Content = "document.title = 'changed'" }));

        Assert.StartsWith(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';",
            policy,
            StringComparison.Ordinal);
        Assert.Equal("Jina embeddings on this machine", await page.Page.TitleAsync());
    }

    private static async Task<IReadOnlyList<ReadOnlyMemory<float>>> VectorsAsync(string[] texts)
    {
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(
            JinaEmbeddingModel.FromDirectory(RepositoryFiles.Path("models", "demo-en")));
        return await generator.EncodeAsync(texts, TestContext.Current.CancellationToken);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
