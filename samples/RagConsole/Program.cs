using Jina.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using RagConsole;
using RagConsole.Answers;
using RagConsole.CommandLine;
using RagConsole.Evaluation;
using RagConsole.Ingestion;
using RagConsole.Retrieval;

return await RagCommand.RunAsync(args, Wire);

// All that retrieval needs: an embedding model in this process and one SQLite file. The store finds the model by itself.
static Kernel Wire(ModelChoice model, string connectionString)
{
    var builder = Kernel.CreateBuilder()
        .AddJinaEmbeddings(model.Model)
        .AddChatModelFromEnvironment();    // where OPENAI_API_KEY is set

    builder.Services
        .AddJinaSqliteVectorStore(connectionString)
        .AddSingleton(model)
        .AddSingleton<PassageStore>()      // the collections: passages, embedded as they are stored, and the files they come from
        .AddSingleton<Ingester>()          // files -> passages
        .AddSingleton<PassageSearch>()     // question -> passages
        .AddSingleton<RetrievalEvaluation>();

    return builder.Build();
}
