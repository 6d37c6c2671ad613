using System.Text;
using System.Text.Json;
using Jina.Extensions.AI;
using Jina.Testing;
using ModelContextProtocol.Protocol;
using RagConsole.Mcp;

namespace RagConsole.Tests.Mcp;

/// <summary>Tests the tools of the MCP server over both transports.</summary>
[Collection(McpGroup.Name)]
public sealed class ToolTests(McpServers servers)
{
    public static TheoryData<string> Transports => ["stdio", "http"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Lists_three_tools_that_only_read(string transport)
    {
        var client = servers.Clients[transport];
        var tools = await client.ListToolsAsync(cancellationToken: Token);

        Assert.Equal("jina-rag", client.ServerInfo?.Name);
        Assert.Equal(["read", "search", "status"], tools.Select(tool => tool.Name).Order());
        Assert.All(tools, tool =>
        {
            var hints = tool.ProtocolTool.Annotations!;
            Assert.Equal((true, true, false), (hints.ReadOnlyHint, hints.IdempotentHint, hints.OpenWorldHint));
            Assert.Equal("object", tool.ReturnJsonSchema!.Value.GetProperty("type").GetString());
        });
        var top = tools.Single(tool => tool.Name == "search").JsonSchema.GetProperty("properties").GetProperty("top");
        Assert.Equal((1, 20, 5), (Number(top, "minimum"), Number(top, "maximum"), Number(top, "default")));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Search_returns_the_passage_with_its_place_and_a_resource(string transport)
    {
        var client = servers.Clients[transport];
        var (text, content) = await client.CallAsync("search", ("query", "How often is the anemometer oiled?"), ("top", 3));

        var best = content.GetProperty("results")[0];
        Assert.Equal("wind.txt", best.GetProperty("file").GetString());
        Assert.Equal("wind.txt:1-3", best.GetProperty("place").GetString());
        Assert.Contains("twice a year", best.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("1. wind.txt:1-3 (score ", text, StringComparison.Ordinal);
        var resource = await client.ReadResourceAsync(best.GetProperty("uri").GetString()!, cancellationToken: Token);
        Assert.Contains("twice a year", Assert.IsType<TextResourceContents>(resource.Contents[0]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_is_limited_to_a_path_and_to_a_collection()
    {
        var client = servers.Clients["stdio"];
        var name = Path.GetFileName(servers.Folder);

        var (_, below) = await client.CallAsync("search", ("query", "anemometer"), ("path", "more"), ("top", 20));
        var (_, named) = await client.CallAsync("search", ("query", "anemometer"), ("collection", name));
        var error = await client.FailAsync("search", ("query", "anemometer"), ("collection", "none"));

        Assert.All(
            below.GetProperty("results").EnumerateArray(), result => Assert.StartsWith("more/", File(result), StringComparison.Ordinal));
        Assert.Equal("wind.txt", File(named.GetProperty("results")[0]));
        Assert.Contains($"no collection 'none'. Its collections are: {name}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_has_at_most_4000_tokens()
    {
        var (text, content) = await servers.Clients["stdio"].CallAsync("search", ("query", "wet and cold rain"), ("top", 20));

        var counter = T5Tokenizer.Create(RepositoryFiles.Path("models", "demo-en", "spiece.model"));
        Assert.InRange(counter.CountTokens(text), 100, TokenBudget.ResultTokens + 100);
        Assert.NotEmpty(content.GetProperty("results").EnumerateArray());
    }

    [Fact]
    public async Task Read_returns_a_long_file_in_parts_without_loss()
    {
        var all = new StringBuilder();
        var (line, character, calls) = (1, 0, 0);
        while (line > 0)
        {
            var (_, content) = await servers.Clients["stdio"].CallAsync(
                "read", ("file", McpServers.LongFile), ("startLine", line), ("startCharacter", character), ("count", 1000));
            all.Append(content.GetProperty("text").GetString());
            var next = content.GetProperty("next");
            var end = line;
            (line, character) = next.ValueKind == JsonValueKind.Null ? (0, 0) : (Number(next, "startLine"), Number(next, "startCharacter"));
            all.Append(character > 0 || line == 0 ? "" : "\n");
            Assert.True(line == 0 || line > end || character > 0);
            calls++;
        }

        Assert.Equal(McpServers.LongText, all.ToString());
        Assert.InRange(calls, 4, 20);
    }

    [Theory]
    [InlineData("../secret.md", "contains '..'")]
    [InlineData("more/../../secret.md", "contains '..'")]
    [InlineData("..\\secret.md", "contains '..'")]
    [InlineData("/etc/passwd", "outside the indexed folders")]
    [InlineData("FOLDER-secret.md", "outside the indexed folders")]
    [InlineData("FOLDER/../secret.md", "contains '..'")]
    [InlineData("FOLDER/none.md", "is not indexed")]
    [InlineData("battery.markdown", "Did you mean: more/battery.markdown?")]
    [InlineData("linked/secret.md", "is not indexed")]
    [InlineData("link.md", "is not indexed")]
    public async Task Read_rejects_files_that_are_not_indexed(string file, string message)
    {
        using var outside = new TemporaryFolder();
        System.IO.File.WriteAllText(outside.File("secret.md"), "The secret is 42.");
        var (folder, link) = (Path.Combine(servers.Folder, "linked"), Path.Combine(servers.Folder, "link.md"));
        Directory.CreateSymbolicLink(folder, outside.Path);
        System.IO.File.CreateSymbolicLink(link, outside.File("secret.md"));
        try
        {
            var error = await servers.Clients["stdio"].FailAsync(
                "read", ("file", file.Replace("FOLDER", servers.Folder, StringComparison.Ordinal)));

            Assert.Contains(message, error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder);
            System.IO.File.Delete(link);
        }
    }

    [Theory]
    [InlineData("search", """{}""", "The argument 'query' of 'search' is missing.")]
    [InlineData("search", """{"query":" "}""", "The query is empty.")]
    [InlineData("search", """{"query":""}""", "'query' of 'search' is empty.")]
    [InlineData("search", """{"query":7}""", "'query' of 'search' must be a text.")]
    [InlineData("search", """{"query":"rain","top":0}""", "'top' of 'search' is 0, but must be from 1 to 20.")]
    [InlineData("search", """{"query":"rain","top":2.5}""", "'top' of 'search' must be a whole number.")]
    [InlineData("search", """{"query":"rain","top":"many"}""", "'top' of 'search' must be a whole number.")]
    [InlineData("search", """{"query":"rain","limit":3}""", "does not have the argument 'limit'. It has: query, top, path, collection.")]
    [InlineData("read", """{"file":"rain.md","startLine":9000}""", "rain.md has 3 lines, so it does not have line 9000.")]
    [InlineData("status", """{"verbose":true}""", "does not have the argument 'verbose'. It has: none.")]
    public async Task Invalid_arguments_are_errors_that_say_what_is_expected(string tool, string arguments, string message)
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(arguments)!;

        var error = await servers.Clients["http"].FailAsync(tool, [.. values.Select(value => (value.Key, (object?)value.Value))]);

        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Concurrent_calls_get_their_own_results(string transport)
    {
        (string Query, string File)[] expected =
        [
            ("When is the funnel of the rain gauge emptied?", "rain.md"),
            ("How often is the bearing of the anemometer oiled?", "wind.txt"),
            ("How long does a lithium battery last?", "more/battery.markdown"),
        ];
        var calls = Enumerable.Range(0, 24).Select(async number =>
        {
            var (query, file) = expected[number % expected.Length];
            var (_, content) = await servers.Clients[transport].CallAsync("search", ("query", query), ("top", 1));
            Assert.Equal(file, File(content.GetProperty("results")[0]));
        });

        await Task.WhenAll(calls);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Status_counts_files_and_passages(string transport)
    {
        var (text, content) = await servers.Clients[transport].CallAsync("status");

        var collection = Assert.Single(content.GetProperty("collections").EnumerateArray());
        Assert.Equal(servers.Folder, collection.GetProperty("folder").GetString());
        Assert.InRange(Number(collection, "files"), 4, 6);
        Assert.Contains("Model: demo-en", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_file_is_found_while_the_server_runs()
    {
        var file = Path.Combine(servers.Folder, "snow.md");
        System.IO.File.WriteAllText(file, "# Snow\n\nMelt the snow in the heated funnel and weigh it.\n");
        var client = servers.Clients["stdio"];
        while (true)
        {
            var (_, content) = await client.CallAsync("search", ("query", "How is snow weighed?"), ("top", 1));
            if (content.GetProperty("results").EnumerateArray().Any(result => File(result) == "snow.md"))
            {
                return;
            }

            await Task.Delay(100, Token);
        }
    }

    private static string File(JsonElement result) => result.GetProperty("file").GetString()!;

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
