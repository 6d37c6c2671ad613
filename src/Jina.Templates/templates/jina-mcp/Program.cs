using System.ComponentModel;
using Jina.Extensions.AI;
using Jina.Retrieval;
using JinaApp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Server;

// The folder to search is the first argument, or else the example files beside the program.
var folder = Path.GetFullPath(args.ElementAtOrDefault(0) ?? Path.Combine(AppContext.BaseDirectory, "Data"));
if (!Directory.Exists(folder))
{
    Console.Error.WriteLine($"The folder {folder} does not exist. Pass a folder with Markdown or text files as the first argument.");
    return 1;
}

var database = Path.Combine(AppContext.BaseDirectory, "index.db");

// Standard output belongs to the protocol, so the log goes to standard error.
var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders().AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
builder.Services.AddJinaEmbeddings(JinaEmbeddingModel.Demo);
builder.Services.AddJinaSqliteVectorStore($"Data Source={database}");
builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<DocumentIndex>(services, folder));
builder.Services.AddMcpServer().WithStdioServerTransport().WithTools<SearchTools>();
await builder.Build().RunAsync();
return 0;

/// <summary>The tools that clients see.</summary>
[McpServerToolType]
internal sealed class SearchTools(DocumentIndex index)
{
    [McpServerTool(Name = "search", ReadOnly = true), Description("Finds passages of the user's files, with file and lines.")]
    public async Task<string> SearchAsync(
        [Description("The words or the question to search for")] string query, CancellationToken cancellationToken)
    {
        // A file that was edited since the last call is indexed first.
        await index.RefreshAsync(cancellationToken);
        var passages = await index.FindAsync(query, cancellationToken);
        return passages.Count > 0
            ? passages.Select(passage => new RetrievedPassage(passage.Text, passage.Place)).ToNumberedText()
            : "No passages were found.";
    }
}
