using System.Text.Json;

namespace RagConsole.Tests;

public sealed class AskTests : IDisposable
{
    private readonly WeatherDocs _docs = new();

    [Theory]
    [InlineData("Who empties the funnel of the rain gauge?", "rain.md:1-3")]
    [InlineData("How often is the bearing of the anemometer oiled?", "wind.txt:1-3")]
    [InlineData("How long does a lithium battery last?", "more/battery.markdown:1-1")]
    public async Task The_file_that_shares_the_words_comes_first(string question, string place)
    {
        var run = await RagProcess.RunAsync(["ask", question, "--docs", _docs.Path]);

        Assert.Equal(0, run.ExitCode);
        var first = run.Output.Split('\n')[0];
        Assert.StartsWith("1. 0.", first, StringComparison.Ordinal);
        Assert.EndsWith(place, first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_runs_from_any_working_directory_and_docs_are_relative_to_it()
    {
        var run = await RagProcess.RunAsync(["ask", "battery", "--docs", "more", "--model", "demo"], workingDirectory: _docs.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("battery.markdown:1-1\n   A lithium battery lasts two winters; charge it in a warm room.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Auto_falls_back_to_the_demo_model_and_says_so()
    {
        var run = await RagProcess.RunAsync(["ask", "rain", "--docs", _docs.Path]);

        Assert.StartsWith("Model: demo-en (jina-embedding-s-en-v1 is not in the cache and cannot be downloaded now;", run.Error, StringComparison.Ordinal);
        Assert.Contains("OPENAI_API_KEY", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Top_says_how_many_passages_are_shown()
    {
        var run = await RagProcess.RunAsync(["ask", "rain", "--docs", _docs.Path, "--top", "2"]);

        Assert.Contains("\n2. ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\n3. ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_one_object_on_stdout()
    {
        var run = await RagProcess.RunAsync(["ask", "Who empties the funnel?", "--docs", _docs.Path, "--json"]);

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal("Who empties the funnel?", json.RootElement.GetProperty("question").GetString());
        Assert.Equal("demo-en", json.RootElement.GetProperty("model").GetString());
        var sources = json.RootElement.GetProperty("sources");
        Assert.Equal(3, sources.GetArrayLength());
        Assert.Equal("rain.md", sources[0].GetProperty("file").GetString());
        Assert.Equal((1, 3), (sources[0].GetProperty("startLine").GetInt32(), sources[0].GetProperty("endLine").GetInt32()));
        Assert.Equal("# Rain\n\nEmpty the funnel of the rain gauge every morning.", sources[0].GetProperty("text").GetString());
        Assert.True(sources[0].GetProperty("score").GetDouble() > sources[1].GetProperty("score").GetDouble());
    }

    [Fact]
    public async Task A_binary_file_is_skipped_with_a_warning()
    {
        await File.WriteAllBytesAsync(Path.Combine(_docs.Path, "a.txt"), [0, 1, 2], TestContext.Current.CancellationToken);

        var run = await RagProcess.RunAsync(["ask", "rain", "--docs", _docs.Path]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("warning: Skipped a.txt: it is not a text file.\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_characters_of_a_file_do_not_reach_the_terminal()
    {
        await File.WriteAllTextAsync(Path.Combine(_docs.Path, "rain.md"), "rain \u001b[2J gauge", TestContext.Current.CancellationToken);

        var run = await RagProcess.RunAsync(["ask", "rain gauge", "--docs", _docs.Path]);

        Assert.Contains("rain  [2J gauge", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _docs.Dispose();
}
