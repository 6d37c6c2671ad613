using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Acquisition.Transfer;
using Jina.Extensions.AI.Tests.Acquisition.Hub;
using Microsoft.Extensions.Logging;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class HubSecurityTests
{
    private const string Token = "hf_token_of_the_test";

    [Fact]
    public async Task The_token_is_sent_to_the_hub_only()
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.ResolveAsync(options => options.Token = Token);
        var requests = fixture.Hub.Requests.ToLookup(request => request.Server);
        Assert.NotEmpty(requests["store"]);
        Assert.All(requests["hub"], request => Assert.Equal($"Bearer {Token}", request.Authorization));
        Assert.All(requests["store"], request => Assert.Null(request.Authorization));
    }

    [Fact]
    public async Task The_same_machine_under_another_name_does_not_get_the_token()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.OnStore = (context, _) =>
        {
            // The redirect goes to the hub's own port, but under another name.
            var isFirst = context.Request.Host.Host == "127.0.0.1";
            if (isFirst)
            {
                context.Response.Redirect($"http://localhost:{context.Request.Host.Port}{context.Request.Path}");
            }

            return Task.FromResult(isFirst);
        };
        await fixture.ResolveAsync(options => options.Token = Token);
        Assert.All(
            fixture.Hub.Requests.Where(request => request.Server == "store"), request => Assert.Null(request.Authorization));
    }

    [Fact]
    public async Task Neither_token_nor_signed_addresses_appear_in_logs_or_errors()
    {
        await using var fixture = await HubFixture.StartAsync();
        var lines = new List<string>();
        using var logs = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(new Lines(lines)));
        fixture.Hub.OnStore = (context, _) =>
        {
            context.Abort();
            return Task.FromResult(true);
        };
        var options = new ModelStoreOptions
        {
            CacheDirectory = fixture.Cache,
            Endpoint = fixture.Hub.HubAddress,
            Token = Token,
            Limits = new TransferLimits { RetryDelay = TimeSpan.FromMilliseconds(1) },
        };
        var store = new ModelStore(options, new HubEnvironment { HuggingFaceCache = fixture.HuggingFaceCache }, logs);
        var error = await Assert.ThrowsAsync<JinaModelException>(
            () => store.ResolveAsync(fixture.Model, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains(lines, line => line.Contains("Trying again", StringComparison.Ordinal));
        Assert.All(lines.Append(error.ToString()), line =>
        {
            Assert.DoesNotContain(Token, line, StringComparison.Ordinal);
            Assert.DoesNotContain("secret-of-the-store", line, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_token_that_a_header_cannot_contain_is_rejected_without_repeating_it()
    {
        await using var fixture = await HubFixture.StartAsync();
        var error = await fixture.FailAsync(options => options.Token = "hf_two\nlines");
        Assert.Contains("The access token (HF_TOKEN) contains blanks", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hf_two", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://hub.example", "http://hub.example is rejected")]
    [InlineData("ftp://127.0.0.1", "ftp://127.0.0.1 is rejected")]
    [InlineData("hub.example", "'hub.example' is not an address")]
    public async Task Only_https_is_accepted_for_other_machines(string endpoint, string expected)
    {
        await using var fixture = await HubFixture.StartAsync();
        var error = await fixture.FailAsync(options => options.Endpoint = endpoint);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_to_plain_http_on_another_machine_is_rejected()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.OnStore = (context, _) =>
        {
            context.Response.Redirect("http://store.example/weights?signature=secret-of-the-store");
            return Task.FromResult(true);
        };
        var error = await fixture.FailAsync();
        Assert.Contains("http://store.example is rejected", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-the-store", error.ToString(), StringComparison.Ordinal);
        fixture.AssertNothingUsable();
    }

    [Theory]
    [InlineData("https://hub.example", "http://127.0.0.1/x", false)]
    [InlineData("https://hub.example", "https://store.example/x", true)]
    [InlineData("http://127.0.0.1:81", "http://localhost:82/x", true)]
    [InlineData("http://127.0.0.1:81", "file:///etc/passwd", false)]
    public void A_hub_on_another_machine_cannot_redirect_to_this_one(string endpoint, string next, bool isFine)
    {
        var hub = HubEndpoint.Parse(endpoint);
        Assert.Equal(isFine, Record.Exception(() => hub.ThrowIfUnsafe(new Uri(next))) is null);
    }

    [Fact]
    public async Task Names_that_a_server_sends_do_not_become_paths()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.EditHeaders = context =>
        {
            context.Response.Headers.ContentDisposition = "attachment; filename=\"../../../evil\"";
            context.Response.Headers["X-Linked-ETag"] = "\"../../../evil\"";
        };
        fixture.Hub.OnStore = (context, _) =>
        {
            context.Response.Headers.ContentDisposition = "attachment; filename=\"../../../evil\"";
            return Task.FromResult(false);
        };
        await fixture.ResolveAsync();
        var inCommit = Directory.GetFiles(fixture.CommitFolder, "*", SearchOption.AllDirectories);
        Assert.Equal(
            fixture.Hub.Files.Select(file => file.Path).Append("jina-manifest.json").Order(),
            inCommit.Select(file => Path.GetRelativePath(fixture.CommitFolder, file).Replace('\\', '/')).Order());
        Assert.All(AllFiles(fixture), file => Assert.DoesNotContain("evil", file, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("../../../evil")]
    [InlineData("/evil")]
    [InlineData("0123456789ABCDEF")]
    public async Task An_invalid_commit_is_rejected_before_a_file_is_written(string commit)
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.EditHeaders = context => context.Response.Headers["X-Repo-Commit"] = commit;
        Assert.Contains("did not send the commit of 'main'", (await fixture.FailAsync()).Message, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(fixture.RepositoryFolder, ".lock")], AllFiles(fixture));
    }

    private static string[] AllFiles(HubFixture fixture) =>
        Directory.GetFiles(fixture.Folder.Path, "*", SearchOption.AllDirectories);

    private sealed class Lines(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
            {
                lines.Add(formatter(state, exception) + exception);
            }
        }

        public void Dispose()
        {
        }
    }
}
