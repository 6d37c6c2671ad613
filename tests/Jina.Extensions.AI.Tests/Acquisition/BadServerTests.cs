using System.Text;
using Jina.Extensions.AI.Tests.Acquisition.Hub;
using Jina.Testing.Hub;
using Microsoft.AspNetCore.Http;

namespace Jina.Extensions.AI.Tests.Acquisition;

/// <summary>Tests bad servers. The result is always the complete, verified model, or one clear error and no usable model.</summary>
public class BadServerTests
{
    [Fact]
    public async Task A_file_arrives_over_a_connection_that_is_interrupted_20_times()
    {
        await using var fixture = await HubFixture.StartAsync();
        var random = new Random(1);
        var cuts = new Queue<int>(Enumerable.Range(0, 20).Select(_ => random.Next(1, fixture.Hub.Weights.Content.Length)).Order());
        var offsets = new List<int>();
        fixture.Hub.OnStore = async (context, file) =>
        {
            if (file.Path != SmallCheckpoint.Weights || !cuts.TryDequeue(out var cut))
            {
                return false;
            }

            offsets.Add(LocalHub.OffsetOf(context));
            await LocalHub.CutAsync(context, file, Math.Max(cut, LocalHub.OffsetOf(context)));
            return true;
        };
        await fixture.ResolveAsync();
        fixture.AssertComplete();
        Assert.Equal(20, offsets.Count);
        Assert.True(offsets.Distinct().Count() > 10, "The attempts did not resume from the end of the previous one.");
    }

    [Fact]
    public async Task A_connection_that_is_always_interrupted_without_a_byte_is_an_error()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.OnStore = (context, file) =>
        {
            context.Abort();
            return Task.FromResult(true);
        };
        await fixture.FailAsync();
        fixture.AssertNothingUsable();
    }

    [Theory]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    [InlineData(StatusCodes.Status429TooManyRequests)]
    public async Task A_request_to_a_busy_server_is_tried_again_after_the_requested_time(int status)
    {
        await using var fixture = await HubFixture.StartAsync();
        var busy = 2;
        fixture.Hub.OnStore = (context, _) => Task.FromResult(Interlocked.Decrement(ref busy) >= 0 && Busy(context, status, "0"));
        await fixture.ResolveAsync();
        fixture.AssertComplete();
    }

    [Fact]
    public async Task A_requested_delay_of_an_hour_is_an_error_that_names_the_delay()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.OnStore = (context, _) => Task.FromResult(Busy(context, 503, "3600"));
        var error = await fixture.FailAsync();
        Assert.Contains(
            "returned 503 (Service Unavailable) and asks to try again in 3600 seconds.", error.Message, StringComparison.Ordinal);
        fixture.AssertNothingUsable();
    }

    [Fact]
    public async Task A_file_of_the_wrong_length_is_downloaded_again_and_then_rejected()
    {
        foreach (var change in new[] { -1000, +1000 })
        {
            await using var fixture = await HubFixture.StartAsync();
            fixture.Hub.OnStore = (context, file) =>
                file.Path == SmallCheckpoint.Weights ? SendOtherAsync(context, Resized(file, change)) : Task.FromResult(false);
            var error = await fixture.FailAsync();
            Assert.Contains(SmallCheckpoint.Weights, error.Message, StringComparison.Ordinal);
            fixture.AssertNothingUsable();

            fixture.Hub.OnStore = (_, _) => Task.FromResult(false);
            await fixture.ResolveAsync();
            fixture.AssertComplete();
        }
    }

    [Theory]
    [InlineData(SmallCheckpoint.Weights)]
    [InlineData("spiece.model")]
    public async Task After_one_wrong_hash_the_file_is_downloaded_again(string path)
    {
        await using var fixture = await HubFixture.StartAsync();
        var wrong = 1;
        fixture.Hub.OnStore = (context, file) =>
            file.Path == path && Interlocked.Decrement(ref wrong) >= 0 ? SendOtherAsync(context, Flipped(file)) : Task.FromResult(false);
        await fixture.ResolveAsync();
        fixture.AssertComplete();
    }

    [Fact]
    public async Task Two_wrong_hashes_are_an_error_that_names_both_hashes()
    {
        await using var fixture = await HubFixture.StartAsync();
        var weights = fixture.Hub.Weights;
        fixture.Hub.OnStore = (context, file) =>
            file.Path == weights.Path ? SendOtherAsync(context, Flipped(file)) : Task.FromResult(false);
        var error = await fixture.FailAsync();
        Assert.Contains(
            $"pytorch_model.bin arrived damaged twice: its hash is not {weights.Sha256}, which the hub sent "
            + $"(its SHA-256 is {Flipped(weights).Sha256}). The received bytes were discarded.",
            error.Message,
            StringComparison.Ordinal);
        fixture.AssertNothingUsable();
    }

    [Fact]
    public async Task A_small_file_is_verified_by_its_git_blob_id()
    {
        await using var fixture = await HubFixture.StartAsync();
        var config = fixture.Hub.Files.Single(file => file.Path == "config.json");
        fixture.Hub.OnHub = context =>
        {
            var path = context.Request.Path.Value!;
            var isConfig = path.EndsWith("/config.json", StringComparison.Ordinal) && !path.Contains("1_Pooling", StringComparison.Ordinal);
            return isConfig && HttpMethods.IsGet(context.Request.Method)
                ? SendOtherAsync(context, Flipped(config))
                : Task.FromResult(false);
        };
        var error = await fixture.FailAsync();
        Assert.Contains($"config.json arrived damaged twice: its hash is not {config.Digest}", error.Message, StringComparison.Ordinal);
        fixture.AssertNothingUsable();
    }

    [Fact]
    public async Task A_stalled_stream_is_resumed()
    {
        await using var fixture = await HubFixture.StartAsync();
        var silent = 1;
        fixture.Hub.OnStore = async (context, file) =>
        {
            if (file.Path != SmallCheckpoint.Weights || Interlocked.Decrement(ref silent) < 0)
            {
                return false;
            }

            await LocalHub.SendAsync(context, file, endAt: 50_000);
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };
        await fixture.ResolveAsync();
        fixture.AssertComplete();
        Assert.Contains(fixture.Hub.Requests, request => request.Range == "bytes=50000-");
    }

    [Fact]
    public async Task A_circle_of_redirects_is_an_error()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.OnStore = (context, _) =>
        {
            context.Response.Redirect(context.Request.Path);
            return Task.FromResult(true);
        };
        Assert.Contains("more than 10 redirects", (await fixture.FailAsync()).Message, StringComparison.Ordinal);
        fixture.AssertNothingUsable();
    }

    [Theory]
    [InlineData("text/html; charset=utf-8", "<!DOCTYPE html><title>Please log in</title>")]
    [InlineData("application/octet-stream", "<!DOCTYPE html><title>Please log in</title>")]
    [InlineData("application/octet-stream", "\n<!DOCTYPE html><title>Please log in</title>")]
    [InlineData("application/octet-stream", "<?xml version='1.0'?><Error/>")]
    public async Task A_web_page_is_not_accepted_as_a_file(string contentType, string page)
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.OnStore = async (context, _) =>
        {
            context.Response.ContentType = contentType;
            await context.Response.WriteAsync(page);
            return true;
        };
        Assert.Contains("a web page instead of the file", (await fixture.FailAsync()).Message, StringComparison.Ordinal);
        fixture.AssertNothingUsable();
    }

    [Fact]
    public async Task A_login_page_instead_of_the_hub_is_recognized()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.OnHub = async context =>
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<html>");
            return true;
        };
        Assert.Contains("a web page instead of the file", (await fixture.FailAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_ranges_sends_the_whole_file_again()
    {
        await using var fixture = await HubFixture.StartAsync();
        var first = 1;
        fixture.Hub.OnStore = async (context, file) =>
        {
            if (file.Path != SmallCheckpoint.Weights)
            {
                return false;
            }

            var isFirst = Interlocked.Decrement(ref first) >= 0;
            context.Request.Headers.Remove("Range");
            await (isFirst ? LocalHub.CutAsync(context, file, 70_000) : LocalHub.SendAsync(context, file));
            return true;
        };
        await fixture.ResolveAsync();
        fixture.AssertComplete();
    }

    [Fact]
    public async Task A_range_other_than_the_requested_one_is_not_accepted()
    {
        await using var fixture = await HubFixture.StartAsync();
        var first = 1;
        fixture.Hub.OnStore = async (context, file) =>
        {
            if (file.Path != SmallCheckpoint.Weights)
            {
                return false;
            }

            if (Interlocked.Decrement(ref first) >= 0)
            {
                await LocalHub.CutAsync(context, file, 70_000);
            }
            else
            {
                context.Request.Headers.Range = LocalHub.OffsetOf(context) > 0 ? "bytes=10-" : default;
                await LocalHub.SendAsync(context, file);
            }

            return true;
        };
        await fixture.ResolveAsync();
        fixture.AssertComplete();
    }

    [Fact]
    public async Task A_file_that_is_on_the_hub_and_not_in_its_store_is_an_error()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.Files = [.. fixture.Hub.Files.Select(file => file.Path == "modules.json" ? file with { IsLarge = true } : file)];
        fixture.Hub.EditHeaders = context => context.Response.Headers.Remove("X-Linked-Size");
        fixture.Hub.OnStore = (context, file) =>
        {
            var isLost = file.Path == "modules.json";
            context.Response.StatusCode = isLost ? 404 : 200;
            return Task.FromResult(isLost);
        };
        Assert.Contains("returned 404", (await fixture.FailAsync()).Message, StringComparison.Ordinal);
        fixture.AssertNothingUsable();
    }

    private static bool Busy(HttpContext context, int status, string retryAfter)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return true;
    }

    private static async Task<bool> SendOtherAsync(HttpContext context, HubFile file)
    {
        context.Request.Headers.Remove("Range");
        await LocalHub.SendAsync(context, file);
        return true;
    }

    private static HubFile Flipped(HubFile file)
    {
        var content = file.Content.ToArray();
        content[^3] ^= 1;
        return file with { Content = content };
    }

    private static HubFile Resized(HubFile file, int change)
    {
        var more = Encoding.ASCII.GetBytes(new string('x', Math.Max(0, change)));
        return file with { Content = change < 0 ? file.Content[..^-change] : [.. file.Content, .. more] };
    }
}
