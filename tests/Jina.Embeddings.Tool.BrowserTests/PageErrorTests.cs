using Jina.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Jina.Embeddings.Tool.BrowserTests;

/// <summary>Tests the error messages of the page.</summary>
public sealed class PageErrorTests(Chromium chromium)
{
    private const string Key = "a-key-of-this-test";

    [Fact]
    public async Task A_rejection_is_shown_with_the_message_of_the_server_and_the_last_result_stays()
    {
        chromium.Require();
        await using var server = await ServeProcess.StartAsync("--max-inputs", "8");
        await using var page = await OpenPage.OpenAsync(chromium, server);
        await page.WaitForResultAsync();

        await page.Query.FillAsync("");
        await page.Texts.FillAsync(string.Join('\n', Enumerable.Range(0, 9)));
        await page.Texts.PressAsync("Control+Enter");

        await Expect(page.Error).ToContainTextAsync("8");
        Assert.Equal(await RejectionAsync(server, 9), await page.Error.TextContentAsync());
        await AssertPlaceAsync(page, page.Texts);
        Assert.Equal(7, (await page.MatrixAsync()).Count);
        await Expect(page.Status).ToHaveTextAsync("These are the results of the last comparison.");

        await page.Texts.FillAsync("a text");
        await page.Texts.PressAsync("Control+Enter");
        await page.WaitForResultAsync();

        await Expect(page.Error).ToBeHiddenAsync();
        await Expect(page.Texts).Not.ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Fact]
    public async Task A_stopped_server_is_reported_and_found_again()
    {
        chromium.Require();
        var server = await ServeProcess.StartAsync();
        var address = server.Address;
        await using (server)
        {
            await using var page = await OpenPage.OpenAsync(chromium, server);
            await page.WaitForResultAsync();
            await server.CrashAsync();

            await page.Texts.PressAsync("Control+Enter");

            await Expect(page.Error).ToContainTextAsync("The server does not answer.");
            await Expect(page.Page.Locator("#actions-field").GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
            await using var next = await ServeProcess.StartAsync("--urls", address);
            await page.Texts.PressAsync("Control+Enter");
            await page.WaitForResultAsync();
            await Expect(page.Error).ToBeHiddenAsync();
        }
    }

    [Fact]
    public async Task Missing_texts_are_reported_without_a_request()
    {
        chromium.Require();
        await using var server = await ServeProcess.StartAsync();
        await using var page = await OpenPage.OpenAsync(chromium, server);
        await page.WaitForResultAsync();
        var requests = page.Requests.Count;

        await page.Texts.FillAsync(" \n\n");
        await page.Texts.PressAsync("Control+Enter");

        await Expect(page.Error).ToContainTextAsync("Enter at least one text to compare");
        await AssertPlaceAsync(page, page.Texts);
        Assert.Equal(requests, page.Requests.Count);
    }

    [Fact]
    public async Task A_key_is_requested_only_if_required_and_kept_only_for_the_tab()
    {
        chromium.Require();
        await using var server = await ServeProcess.StartAsync(new Dictionary<string, string> { ["JINA_EMBEDDINGS_API_KEY"] = Key });
        await using var page = await OpenPage.OpenAsync(chromium, server);
        var field = page.Key;

        await Expect(page.Status).ToHaveTextAsync("Enter the API key to compare.");
        await Expect(page.Error).ToBeHiddenAsync();
        await Expect(field).ToBeFocusedAsync();
        await Expect(field).ToHaveAttributeAsync("type", "password");
        await field.FillAsync("a-wrong-key");
        await field.PressAsync("Enter");
        await Expect(page.Error).ToContainTextAsync("The API key is not valid");
        await AssertPlaceAsync(page, field);
        await field.FillAsync(Key);
        await field.PressAsync("Enter");
        await page.WaitForResultAsync();
        await Expect(page.Error).ToBeHiddenAsync();

        await page.Page.ReloadAsync();
        await page.WaitForResultAsync();

        await Expect(field).ToBeHiddenAsync();
        Assert.Equal("0 ", await page.Page.EvaluateAsync<string>("localStorage.length + ' ' + document.cookie"));
    }

    [Fact]
    public async Task A_key_can_be_forgotten()
    {
        chromium.Require();
        await using var server = await ServeProcess.StartAsync("--api-key", Key);
        await using var page = await OpenPage.OpenAsync(chromium, server);
        await page.Key.FillAsync(Key);
        await page.Key.PressAsync("Enter");
        await page.WaitForResultAsync();
        await Expect(page.Key).ToBeHiddenAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Forget the key" }).ClickAsync();

        await Expect(page.Key).ToBeFocusedAsync();
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("sessionStorage.length"));
        await page.Texts.PressAsync("Control+Enter");
        await Expect(page.Status).ToHaveTextAsync("Enter the API key to compare.");
    }

    [Fact]
    public async Task A_model_can_be_chosen()
    {
        chromium.Require();
        using var folder = new TemporaryFolder();
        await using var server = await ServeProcess.StartAsync("--model", DemoModelCopy.To(folder));
        var name = Path.GetFileName(folder.Path);
        await using var page = await OpenPage.OpenAsync(chromium, server);
        await Expect(page.Status).ToContainTextAsync("demo-en");

        await page.Page.GetByLabel("Model").SelectOptionAsync(name);

        await Expect(page.Status).ToContainTextAsync($"{name} · 256 dimensions");
    }

    /// <summary>Checks that the error is next to a field and belongs to it.</summary>
    private static async Task AssertPlaceAsync(OpenPage page, ILocator field)
    {
        await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(field).ToHaveAttributeAsync("aria-errormessage", "error");
        await Expect(field.Locator("xpath=..").GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
    }

    private static async Task<string?> RejectionAsync(ServeProcess server, int inputs)
    {
        using var content = new StringContent(
            $"{{\"input\":[{string.Join(',', Enumerable.Repeat("\"a\"", inputs))}]}}", System.Text.Encoding.UTF8, "application/json");
        var response = await server.Client.PostAsync("v1/embeddings", content, TestContext.Current.CancellationToken);
        using var body = System.Text.Json.JsonDocument.Parse(
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return body.RootElement.GetProperty("error").GetProperty("message").GetString();
    }
}
