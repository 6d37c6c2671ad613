using System.Globalization;
using Jina.Extensions.AI.Tests.Acquisition.Hub;
using Jina.Testing.Hub;
using Microsoft.AspNetCore.Http;

namespace Jina.Extensions.AI.Tests.Acquisition;

/// <summary>Tests hubs that send wrong sizes and ranges, or never end. The result is always one clear error and no usable model.</summary>
public class HostileHubTests
{
    /// <summary>A guard against a test that hangs. Each download below ends in about a second.</summary>
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue / 2)]
    [InlineData((64L << 30) + 1)]
    public async Task A_declared_size_that_weights_cannot_have_is_rejected(long size)
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.EditHeaders = context => SetLinkedSize(context, Text(size));
        var error = await FailAsync(fixture);
        Assert.Contains(
            $"The hub declares {size} bytes for pytorch_model.bin. At most 68719476736 are expected.", error, StringComparison.Ordinal);
        fixture.AssertNothingUsable();
    }

    [Theory]
    [InlineData("config.json", long.MaxValue)]
    [InlineData("tokenizer_config.json", (32L << 20) + 1)]
    [InlineData("spiece.model", (32L << 20) + 1)]
    public async Task A_declared_size_that_a_small_file_cannot_have_is_rejected(string path, long size)
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.Files = [.. fixture.Hub.Files.Select(file => file with { IsLarge = true })];
        fixture.Hub.EditHeaders = context => SetLinkedSize(context, Text(size), path);
        Assert.Contains($"The hub declares {size} bytes for {path}.", await FailAsync(fixture), StringComparison.Ordinal);
        fixture.AssertNothingUsable();
    }

    [Fact]
    public async Task A_content_length_that_a_small_file_cannot_have_is_rejected()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.OnHub = context =>
        {
            context.Response.ContentLength = HttpMethods.IsHead(context.Request.Method) ? long.MaxValue : null;
            return Task.FromResult(true);
        };
        Assert.Contains($"declares {long.MaxValue} bytes for config.json", await FailAsync(fixture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("1e6")]
    [InlineData("0x10")]
    [InlineData("300000; a=b")]
    [InlineData("99999999999999999999")]
    public async Task A_declared_size_that_is_not_a_number_is_rejected(string size)
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.EditHeaders = context => SetLinkedSize(context, size);
        var error = await FailAsync(fixture);
        Assert.Contains($"The hub sent '{size}' as the size of pytorch_model.bin (X-Linked-Size).", error, StringComparison.Ordinal);
        fixture.AssertNothingUsable();
    }

    [Fact]
    public async Task A_small_file_without_a_size_ends_at_the_largest_size_of_such_files()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.EditHeaders = context => context.Response.Headers.Remove("ETag");
        fixture.Hub.OnHub = async context =>
        {
            if (!context.Request.Path.Value!.EndsWith("/modules.json", StringComparison.Ordinal))
            {
                return false;
            }

            var isHead = HttpMethods.IsHead(context.Request.Method);
            var block = new byte[1 << 20];
            block.AsSpan().Fill((byte)' ');
            while (!isHead && !context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }

            return true;
        };
        var error = await FailAsync(fixture);
        Assert.Contains("The server sent more than 33554432 bytes of modules.json.", error, StringComparison.Ordinal);
        Assert.True(fixture.Store().List().Sum(entry => entry.Bytes) < 1 << 20, "The received bytes were kept.");
        fixture.AssertNothingUsable();
    }

    [Theory]
    [InlineData("bytes 7-299999/300000")]
    [InlineData("bytes 0-299999/9223372036854775807")]
    [InlineData("bytes 0-0/1")]
    [InlineData("bytes */300000")]
    [InlineData("pages 5-1/3")]
    [InlineData(null)]
    public async Task A_range_that_was_not_requested_is_rejected(string? range)
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.OnStore = async (context, file) =>
        {
            if (file.Path != SmallCheckpoint.Weights)
            {
                return false;
            }

            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers.ContentRange = range;
            await context.Response.Body.WriteAsync(file.Content, TestContext.Current.CancellationToken);
            return true;
        };
        var error = await FailAsync(fixture);
        Assert.Contains("arrived damaged twice: the server sent another range", error, StringComparison.Ordinal);
        fixture.AssertNothingUsable();
    }

    [Fact]
    public async Task A_byte_per_attempt_is_too_slow_and_the_bytes_are_kept()
    {
        await using var fixture = await HubFixture.StartAsync();
        var attempts = 0;
        fixture.Hub.OnStore = async (context, file) =>
        {
            if (file.Path != SmallCheckpoint.Weights)
            {
                return false;
            }

            Interlocked.Increment(ref attempts);
            await LocalHub.CutAsync(context, file, LocalHub.OffsetOf(context) + 1);
            return true;
        };
        Assert.Contains("pytorch_model.bin arrives too slowly: ", await FailAsync(fixture), StringComparison.Ordinal);
        Assert.True(attempts > 1);
        fixture.AssertNothingUsable();

        fixture.Hub.OnStore = (_, _) => Task.FromResult(false);
        await fixture.ResolveAsync();
        fixture.AssertComplete();
        Assert.NotNull(fixture.Hub.Requests.Last(request => request.Server == "store" && request.Method == "GET").Range);
    }

    [Fact]
    public async Task Single_bytes_within_an_attempt_are_too_slow()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.OnStore = async (context, file) =>
        {
            if (file.Path != SmallCheckpoint.Weights)
            {
                return false;
            }

            context.Response.ContentLength = file.Content.Length;
            for (var i = 0; !context.RequestAborted.IsCancellationRequested; i++)
            {
                await context.Response.Body.WriteAsync(file.Content.AsMemory(i, 1));
                await context.Response.Body.FlushAsync();
                await Task.Delay(20);
            }

            return true;
        };
        Assert.Contains("at least 100000 are expected", await FailAsync(fixture), StringComparison.Ordinal);
        fixture.AssertNothingUsable();
    }

    [Fact]
    public async Task A_server_that_always_starts_again_and_sends_a_byte_more_is_rejected()
    {
        await using var fixture = await HubFixture.StartAsync();
        var sent = 1000;
        fixture.Hub.OnStore = async (context, file) =>
        {
            if (file.Path != SmallCheckpoint.Weights)
            {
                return false;
            }

            context.Request.Headers.Remove("Range");
            await LocalHub.CutAsync(context, file, Interlocked.Increment(ref sent));
            return true;
        };
        Assert.Contains("the server does not resume it (it ignores Range)", await FailAsync(fixture), StringComparison.Ordinal);
        Assert.InRange(sent, 1002, 1020);
        fixture.AssertNothingUsable();
    }

    [Fact]
    public async Task A_web_page_in_small_pieces_is_recognized()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.EditHeaders = context =>
        {
            context.Response.Headers.Remove("X-Linked-ETag");
            context.Response.Headers.Remove("X-Linked-Size");
        };
        fixture.Hub.OnStore = async (context, _) =>
        {
            foreach (var piece in (string[])["<", "!doc", "type html><title>Please log in</title>"])
            {
                await context.Response.WriteAsync(piece);
                await context.Response.Body.FlushAsync();
                await Task.Delay(20);
            }

            return true;
        };
        Assert.Contains("a web page instead of the file", await FailAsync(fixture), StringComparison.Ordinal);
        fixture.AssertNothingUsable();
    }

    [Theory]
    [InlineData("//")]
    [InlineData("//[")]
    [InlineData("http://[::1")]
    [InlineData("\u0001")]
    [InlineData("")]
    public async Task A_redirect_without_a_valid_target_is_an_error(string target)
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.EditHeaders = context =>
        {
            if (context.Response.StatusCode == StatusCodes.Status302Found && HttpMethods.IsGet(context.Request.Method))
            {
                context.Response.Headers.Location = target;
            }
        };
        await FailAsync(fixture);
        fixture.AssertNothingUsable();
    }

    [Fact]
    public async Task A_chain_of_different_redirects_ends()
    {
        await using var fixture = await HubFixture.StartAsync();
        var hops = 0;
        fixture.Hub.OnHub = context =>
        {
            context.Response.Redirect($"/{Interlocked.Increment(ref hops)}");
            return Task.FromResult(true);
        };
        Assert.Contains("more than 10 redirects", await FailAsync(fixture), StringComparison.Ordinal);
        Assert.Equal(11, hops);
    }

    [Fact]
    public async Task Headers_of_a_megabyte_are_an_error()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.EditHeaders = context => context.Response.Headers["X-Filler"] = new string('x', 1 << 20);
        Assert.Contains("sent an invalid response", await FailAsync(fixture), StringComparison.Ordinal);
    }

    private static async Task<string> FailAsync(HubFixture fixture) => (await fixture.FailAsync(options => options.Limits =
        options.Limits with { ProgressPeriod = TimeSpan.FromSeconds(1), ProgressBytes = 100_000 }).WaitAsync(Guard)).Message;

    private static void SetLinkedSize(HttpContext context, string size, string path = SmallCheckpoint.Weights)
    {
        if (context.Request.Path.Value!.EndsWith('/' + path, StringComparison.Ordinal))
        {
            context.Response.Headers["X-Linked-Size"] = size;
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
