using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Jina.Embeddings.Tool.BrowserTests.Chromium))]

namespace Jina.Embeddings.Tool.BrowserTests;

/// <summary>Starts the Chromium of this machine as one process for all tests. Nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Variable = "JINA_TEST_CHROMIUM";

    /// <summary>The maximum time to wait for an expected change. It is long, so that a busy machine does not cause failures.</summary>
    private const float TimeoutMilliseconds = 60_000;

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } executable)
        {
            return;
        }

        Assertions.SetDefaultExpectTimeout(TimeoutMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = executable,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>Returns the browser, or skips the calling test.</summary>
    public IBrowser Require()
    {
        Assert.SkipWhen(_browser is null, $"Needs a Chromium: PATH does not have {string.Join(", ", Names)}, and {Variable} is not set.");
        return _browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
