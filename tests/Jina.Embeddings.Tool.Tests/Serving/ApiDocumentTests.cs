using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Serving;

/// <summary>Tests the OpenAPI document of <c>serve</c>.</summary>
public sealed partial class ApiDocumentTests(KeylessServer fixture) : IClassFixture<KeylessServer>
{
    private static readonly (string Path, string Method)[] Routes =
    [
        ("/v1/embeddings", "post"), ("/v1/models", "get"), ("/v1/models/{id}", "get"),
        ("/api/embed", "post"), ("/api/embeddings", "post"), ("/api/show", "post"),
        ("/api/tags", "get"), ("/api/tags", "head"), ("/api/ps", "get"), ("/api/version", "get"), ("/", "get"),
        ("/embed", "post"), ("/", "post"), ("/similarity", "post"), ("/tokenize", "post"), ("/info", "get"),
        ("/health", "get"), ("/ready", "get"), ("/metrics", "get"),
    ];

    [Fact]
    public async Task The_document_describes_every_route()
    {
        var document = await ReadAsync();

        Assert.StartsWith("3.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var paths = document.GetProperty("paths");
        Assert.All(Routes, route =>
        {
            var operation = paths.GetProperty(route.Path).GetProperty(route.Method);
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.NotEqual(0, operation.GetProperty("tags").GetArrayLength());
            Assert.True(operation.GetProperty("responses").TryGetProperty("200", out _), route.Path);
        });
        Assert.Equal(Routes.Select(route => route.Path).Distinct().Order(), paths.EnumerateObject().Select(path => path.Name).Order());
    }

    [Fact]
    public async Task Requests_and_responses_have_schemas()
    {
        var paths = (await ReadAsync()).GetProperty("paths");

        Assert.All(Routes.Where(route => route.Method == "post"), route =>
        {
            var operation = paths.GetProperty(route.Path).GetProperty("post");
            Assert.Equal("object", Schema(operation.GetProperty("requestBody")).GetProperty("type").GetString());
            Assert.NotEmpty(Schema(operation.GetProperty("responses").GetProperty("default")).EnumerateObject());
        });
        Assert.Equal("array", Schema(paths.GetProperty("/embed").GetProperty("post").GetProperty("responses").GetProperty("200"))
            .GetProperty("type").GetString());
        var id = Assert.Single(paths.GetProperty("/v1/models/{id}").GetProperty("get").GetProperty("parameters").EnumerateArray());
        Assert.Equal(("id", "path"), (id.GetProperty("name").GetString(), id.GetProperty("in").GetString()));
    }

    [Fact]
    public async Task A_request_has_the_fields_and_the_header_of_the_documentation()
    {
        var documented = (await ReadTableAsync("server.md", "| field | shape |")).SelectMany(cells => NamesIn(cells[0])).ToList();
        var operation = (await ReadAsync()).GetProperty("paths").GetProperty("/v1/embeddings").GetProperty("post");

        var fields = Schema(operation.GetProperty("requestBody")).GetProperty("properties");

        Assert.True(documented.Count >= 12, string.Join(' ', documented));
        Assert.Equal(documented.Order(StringComparer.Ordinal), fields.EnumerateObject().Select(x => x.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["integer", "string"],
            fields.GetProperty("dimensions").GetProperty("anyOf").EnumerateArray().Select(type => type.GetProperty("type").GetString()));
        var header = Assert.Single(operation.GetProperty("parameters").EnumerateArray());
        Assert.Equal(("X-Token-Encoding", "header"), (header.GetProperty("name").GetString(), header.GetProperty("in").GetString()));
    }

    [Theory]
    [InlineData("/api/embed", "| field of `/api/embed` |", 0)]
    [InlineData("/embed", "| route | field |", 1)]
    [InlineData("/similarity", "| route | field |", 1)]
    [InlineData("/tokenize", "| route | field |", 1)]
    public async Task A_request_of_another_interface_has_the_fields_of_the_documentation(string route, string table, int column)
    {
        var documented = new List<string>();
        var isOfRoute = false;
        foreach (var cells in await ReadTableAsync("dialects.md", table))
        {
            // The first cell of a row is empty if the row belongs to the routes of the row above.
            isOfRoute = column == 0 || cells[0] == $"`{route}`" || cells[0] == "all three" || (cells[0].Length == 0 && isOfRoute);
            var isRejected = cells[column + 1].StartsWith("rejected", StringComparison.Ordinal);
            documented.AddRange(isOfRoute && !isRejected ? NamesIn(cells[column]) : []);
        }

        var fields = Schema((await ReadAsync()).GetProperty("paths").GetProperty(route).GetProperty("post").GetProperty("requestBody"))
            .GetProperty("properties");

        Assert.True(documented.Count >= 4, string.Join(' ', documented));
        Assert.Equal(documented.Order(StringComparer.Ordinal), fields.EnumerateObject().Select(x => x.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>Returns the cells of the rows of a table, without its first two lines.</summary>
    private static async Task<IEnumerable<string[]>> ReadTableAsync(string page, string firstLine)
    {
        var text = await File.ReadAllTextAsync(RepositoryFiles.Path("docs", page), TestContext.Current.CancellationToken);
        var start = text.IndexOf(firstLine, StringComparison.Ordinal);
        return text[start..text.IndexOf("\n\n", start, StringComparison.Ordinal)]
            .Split('\n')
            .Skip(2)
            .Select(row => row.Split('|', StringSplitOptions.TrimEntries)[1..^1]);
    }

    private static IEnumerable<string> NamesIn(string cell) => NamePattern().Matches(cell).Select(name => name.Groups[1].Value);

    private static JsonElement Schema(JsonElement body) =>
        body.GetProperty("content").GetProperty("application/json").GetProperty("schema");

    private Task<JsonElement> ReadAsync() =>
        fixture.Server.Client.GetFromJsonAsync<JsonElement>("openapi/v1.json", TestContext.Current.CancellationToken);

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex NamePattern();
}
