using System.Globalization;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Tests.Support;
using Jina.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Jina.Embeddings.AspNetCore.Tests.Documentation;

/// <summary>Compiles the code of docs/dialects.md, and compares its tables with the code.</summary>
public sealed class DialectsPageTests
{
    private const string Page = "docs/dialects.md";

    /// <summary>The beginning of the row that describes each kind of rejection.</summary>
    private static readonly Dictionary<RejectionKind, string> Problems = new()
    {
        [RejectionKind.InvalidBody] = "invalid JSON or field",
        [RejectionKind.ModelNotFound] = "unknown model",
        [RejectionKind.InputTooLong] = "text too long",
        [RejectionKind.BodyTooLarge] = "body too large",
        [RejectionKind.TooManyInputs] = "too many inputs",
        [RejectionKind.TooManyTokens] = "too many inputs",
        [RejectionKind.BodyTimeout] = "body arrives too slowly",
        [RejectionKind.MediaType] = "wrong content type",
        [RejectionKind.MissingKey] = "missing or wrong API key",
        [RejectionKind.WrongKey] = "missing or wrong API key",
        [RejectionKind.OtherOrigin] = "sent by a page of another site",
        [RejectionKind.TooManyRequests] = "too many concurrent requests",
        [RejectionKind.Unavailable] = "queue full",
        [RejectionKind.Internal] = "internal error",
    };

    private static string Text => File.ReadAllText(RepositoryFiles.Path(Page));

    [Fact]
    public void Every_snippet_is_compiled_here() =>
        DocumentedCode.AssertCompiled(Page, "tests/Jina.Embeddings.AspNetCore.Tests/Documentation", snippets: 2);

    [Fact]
    public async Task The_routes_can_be_mapped()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddJinaEmbeddings(DemoModel.Model);
        await using var app = builder.Build();

        app.MapJinaEmbeddings();
        app.MapOllamaEmbeddings();
        app.MapTextEmbeddingsInference();
    }

    [Fact]
    public async Task The_routes_can_have_a_prefix()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddJinaEmbeddings(DemoModel.Model);
        await using var app = builder.Build();

        app.MapGroup("/ollama").MapOllamaEmbeddings().RequireAuthorization();
    }

    [Fact]
    public void The_table_lists_every_status_and_type()
    {
        var table = Text.Split("| problem | Ollama | TEI |\n|---|---|---|\n")[1].Split("\n\n")[0].Split('\n');

        Assert.Equal(Problems.Values.Distinct().Count(), table.Length);
        Assert.All(Enum.GetValues<RejectionKind>(), kind =>
        {
            var codes = RejectionCodes.From(kind);
            var end = string.Create(
                CultureInfo.InvariantCulture, $" | {codes.OpenAIStatus} | {codes.InferenceStatus}, `{codes.InferenceType}` |");
            var row = Assert.Single(table, line => line.StartsWith($"| {Problems[kind]}", StringComparison.Ordinal));
            Assert.EndsWith(end, row, StringComparison.Ordinal);
        });
    }
}
