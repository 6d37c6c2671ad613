using System.ClientModel;
using Jina.Extensions.AI;
using JinaApp;
using JinaApp.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using OpenAI;

var builder = WebApplication.CreateBuilder(args);
var folder = Path.Combine(builder.Environment.ContentRootPath, "Data");
var database = Path.Combine(builder.Environment.ContentRootPath, "index.db");
builder.Services.AddRazorComponents();
builder.Services.AddJinaEmbeddings(JinaEmbeddingModel.Demo);
builder.Services.AddJinaSqliteVectorStore($"Data Source={database}");
builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<DocumentIndex>(services, folder));

// Optional: a chat model with the protocol of OpenAI, for example of Ollama. Without one, the page shows passages only.
var chat = builder.Configuration.GetSection("Chat");
if (chat["Model"] is { Length: > 0 } chatModel)
{
    var options = new OpenAIClientOptions { Endpoint = new Uri(chat["Endpoint"]!) };
    var client = new OpenAIClient(new ApiKeyCredential(chat["ApiKey"]!), options);
    builder.Services.AddChatClient(client.GetChatClient(chatModel).AsIChatClient());
    builder.Services.AddSingleton<Assistant>();
}

var app = builder.Build();
try
{
    await app.Services.GetRequiredService<DocumentIndex>().RefreshAsync();
}
catch (Exception error) when (error is JinaModelException or VectorStoreException or IOException)
{
    app.Logger.LogCritical("The files of {Folder} cannot be indexed: {Reason}", folder, error.Message);
    return 1;
}

app.UseStaticFiles();

app.MapGet("/", async (string? q, DocumentIndex index, CancellationToken cancellationToken) =>
{
    // A file that was edited since the last question is indexed first.
    await index.RefreshAsync(cancellationToken);
    var passages = string.IsNullOrWhiteSpace(q) ? [] : await index.FindAsync(q, cancellationToken);
    var hasAssistant = app.Services.GetService<Assistant>() is not null;
    return new RazorComponentResult<SearchPage>(new { Question = q, Passages = passages, HasAssistant = hasAssistant });
});

app.MapGet("/file", async Task<IResult> (string name, int from, int to, DocumentIndex index, CancellationToken cancellationToken) =>
    await index.ReadAsync(name, cancellationToken) is { } lines
        ? new RazorComponentResult<FilePage>(new { Name = name, Lines = lines, From = from, To = to })
        : TypedResults.NotFound());

if (app.Services.GetService<Assistant>() is { } assistant)
{
    app.MapGet("/answer", async (string q, HttpResponse response, CancellationToken cancellationToken) =>
    {
        response.ContentType = "text/plain; charset=utf-8";
        await foreach (var part in assistant.AnswerAsync(q, cancellationToken))
        {
            await response.WriteAsync(part, cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
        }
    });
}

app.Run();
return 0;
