using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Jina.Extensions.AI;
using Jina.Testing;
using Jina.Testing.Hub;

namespace RagConsole.Tests.Commands;

public sealed class AskTests : IDisposable
{
    private readonly WeatherDocs _docs = new();

    [Theory]
    [InlineData("Who empties the funnel of the rain gauge?", "rain.md:1-3")]
    [InlineData("How often is the bearing of the anemometer oiled?", "wind.txt:1-3")]
    [InlineData("How long does a lithium battery last?", "more/battery.markdown:1-1")]
    public async Task The_file_that_shares_words_with_the_question_comes_first(string question, string place)
    {
        var run = await RagProcess.RunAsync(["ask", question, "--docs", _docs.Path]);

        Assert.Equal(0, run.ExitCode);
        var first = run.Output.Split('\n')[0];
        Assert.StartsWith("1. 0.", first, StringComparison.Ordinal);
        Assert.EndsWith(place, first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Docs_are_relative_to_the_working_directory()
    {
        var run = await RagProcess.RunAsync(["ask", "battery", "--docs", "more", "--model", "demo"], workingDirectory: _docs.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            "  more/battery.markdown:1-1\n   A lithium battery lasts two winters; charge it in a warm room.\n",
            run.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auto_falls_back_to_the_demo_model_and_says_so()
    {
        var run = await RagProcess.RunAsync(["ask", "rain", "--docs", _docs.Path]);

        Assert.Equal(
            "Model: demo-en (jina-embedding-s-en-v1 is not cached and cannot be downloaded now: "
            + "The network cannot be used, because HF_HUB_OFFLINE is set; the demo model is weaker than the published models).",
            run.Error.Split('\n')[0]);
        Assert.Contains("OPENAI_API_KEY", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auto_downloads_the_published_model_if_the_hub_can_be_reached()
    {
        await using var hub = await LocalHub.StartAsync();
        hub.Repository = "jinaai/jina-embedding-s-en-v1";
        hub.CurrentCommit = JinaEmbeddingModel.SmallEnV1.Revision!;
        hub.Files = HubFile.Of(RepositoryFiles.Path("models", "demo-en"));

        var run = await RagProcess.RunAsync(["ask", "rain", "--docs", _docs.Path], hubAddress: hub.HubAddress);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("Model: jina-embedding-s-en-v1 (", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auto_falls_back_if_the_hub_cannot_be_reached_and_says_why()
    {
        var run = await RagProcess.RunAsync(["ask", "rain", "--docs", _docs.Path], hubAddress: "http://127.0.0.1:1");

        AssertFellBack("cannot be downloaded now: 127.0.0.1:1 could not be reached: ", run);
    }

    [Fact]
    public async Task Auto_falls_back_if_the_hub_does_not_answer()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        var run = await RagProcess.RunAsync(["ask", "rain", "--docs", _docs.Path], hubAddress: $"http://{silent.LocalEndpoint}");

        AssertFellBack("cannot be downloaded now: The hub sent no usable response within ", run);
    }

    [Fact]
    public async Task Ctrl_C_during_embedding_exits_with_130_and_without_output()
    {
        for (var i = 0; i < 20; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(_docs.Path, $"{i}.txt"), CreateLongText(), TestContext.Current.CancellationToken);
        }

        await AssertInterruptedAsync(hubAddress: null, async process =>
        {
            var line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.StartsWith("Model: ", line, StringComparison.Ordinal);

            // Reading and splitting take less time, embedding takes much longer. An interrupt at another moment ends the same way.
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        });
    }

    [Fact]
    public async Task Ctrl_C_during_a_download_exits_with_130_and_without_output()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();

        await AssertInterruptedAsync(
            $"http://{silent.LocalEndpoint}",
            async _ => await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Top_limits_the_number_of_passages()
    {
        var run = await RagProcess.RunAsync(["ask", "rain", "--docs", _docs.Path, "--top", "2"]);

        Assert.Contains("\n2. ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\n3. ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JSON_output_is_one_object_on_stdout()
    {
        var run = await RagProcess.RunAsync(["ask", "Who empties the funnel?", "--docs", _docs.Path, "--json"]);

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("Who empties the funnel?", json.RootElement.GetProperty("question").GetString());
        Assert.Equal("demo-en", json.RootElement.GetProperty("model").GetString());
        var sources = json.RootElement.GetProperty("sources");
        Assert.Equal(3, sources.GetArrayLength());
        Assert.Equal("rain.md", sources[0].GetProperty("file").GetString());
        Assert.Equal(1, sources[0].GetProperty("startLine").GetInt32());
        Assert.Equal(3, sources[0].GetProperty("endLine").GetInt32());
        Assert.Equal("# Rain\n\nEmpty the funnel of the rain gauge every morning.", sources[0].GetProperty("text").GetString());
        Assert.True(sources[0].GetProperty("score").GetDouble() > sources[1].GetProperty("score").GetDouble());
    }

    [Fact]
    public async Task A_binary_file_is_skipped_with_a_warning()
    {
        await File.WriteAllBytesAsync(Path.Combine(_docs.Path, "a.txt"), [0, 1, 2], TestContext.Current.CancellationToken);

        var run = await RagProcess.RunAsync(["ask", "rain", "--docs", _docs.Path]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("warning: Skipped a.txt: it is not a text file.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_characters_in_a_file_are_not_written_to_the_terminal()
    {
        await File.WriteAllTextAsync(Path.Combine(_docs.Path, "rain.md"), "rain \u001b[2J gauge", TestContext.Current.CancellationToken);

        var run = await RagProcess.RunAsync(["ask", "rain gauge", "--docs", _docs.Path]);

        Assert.Contains("rain  [2J gauge", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _docs.Dispose();

    private static void AssertFellBack(string why, RagProcess run)
    {
        Assert.Equal(0, run.ExitCode);
        var line = run.Error.Split('\n')[0];
        Assert.StartsWith("Model: demo-en (", line, StringComparison.Ordinal);
        Assert.Contains(why, line, StringComparison.Ordinal);
        Assert.EndsWith(").", line, StringComparison.Ordinal);
    }

    private async Task AssertInterruptedAsync(string? hubAddress, Func<Process, Task> waitUntilBusy)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Ctrl+C cannot be sent to another process on Windows.");
        using var cache = new TemporaryFolder();
        using var process = RagProcess.Start(["ask", "rain", "--docs", _docs.Path], cache, hubAddress: hubAddress);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await waitUntilBusy(process);
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((130, "", ""), (process.ExitCode, await output, error));
    }

    /// <summary>Returns about 40 kB, so that a few files take a long time to embed.</summary>
    private static string CreateLongText() =>
        string.Join("\n\n", Enumerable.Repeat("The wind turned the vane before the rain came over the hill.", 600));
}
