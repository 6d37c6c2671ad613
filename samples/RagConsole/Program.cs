using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using RagConsole;
using RagConsole.Answers;
using RagConsole.Commands;
using RagConsole.Documents;
using RagConsole.Passages;
using RagConsole.Updating;

if (args is [ReaderProcess.Argument])
{
    return ReaderProcess.Run();    // this program parses documents in a child process with limits
}

return await RagCommand.RunAsync(args, Wire);

// All that retrieval needs: an embedding model in this process and one SQLite file. The store uses the registered model.
static Kernel Wire(ModelChoice model, string connectionString)
{
    var builder = Kernel.CreateBuilder()
        .AddJinaEmbeddings(model.Model)
        .AddChatModelFromEnvironment();    // only if OPENAI_API_KEY is set

    builder.Services
        .AddJinaSqliteVectorStore(connectionString)
        .AddSingleton(model)
        .AddSingleton<PassageStore>()      // passages with their embeddings, the files they come from, and the folders of these
        .AddSingleton<Ingester>()          // files -> passages
        .AddSingleton<FolderRefresh>()     // folders -> files that changed
        .AddSingleton<FolderWatch>()       // the same, as soon as they change
        .AddSingleton<PassageSearch>()     // question -> passages
        .AddSingleton<Relevance>();        // are the passages about the question?

    return builder.Build();
}
