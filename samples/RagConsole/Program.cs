using Jina.Extensions.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using RagConsole;
using RagConsole.Answers;
using RagConsole.CommandLine;
using RagConsole.Documents;
using RagConsole.Output;
using RagConsole.Search;

return await AskCommand.RunAsync(args, AskAsync);

static async Task AskAsync(AskOptions ask, CancellationToken cancellationToken)
{
    var (model, reason) = await ModelChoice.DecideAsync(ask.Model, cancellationToken);
    Status.Note($"Model: {model.Name} ({reason}).");

    // A kernel with an embedding model in this process and, where OPENAI_API_KEY is set, a chat model.
    var kernel = Kernel.CreateBuilder()
        .AddJinaEmbeddings(model)
        .AddChatModelFromEnvironment()
        .Build();
    using var services = kernel.Services as IDisposable;
    var generator = kernel.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
    var tokenizer = await generator.GetRequiredService<JinaEmbeddingGenerator>().GetTokenizerAsync(cancellationToken);

    // Ingest: read the files, cut them into passages that the model reads whole, embed the passages.
    var documents = DocumentFolder.Read(ask.Docs, Status.Warning);
    var passages = Passage.From(documents, new TokenChunker(tokenizer));
    var index = await ProgressBar.RunAsync(
        $"Embedding {passages.Count} passages of {documents.Count} files",
        passages.Count,
        progress => PassageIndex.CreateAsync(generator, passages, progress, cancellationToken));

    // Ask: the nearest passages and, with a chat model, an answer written from them.
    var hits = await index.SearchAsync(ask.Question, ask.Top, cancellationToken);
    var chat = kernel.Services.GetService<IChatClient>();
    var answer = chat is null ? null : AnswerText.WriteAsync(chat, ask.Question, hits, Status.Warning, cancellationToken);
    await Report.WriteAsync(new Findings(ask.Question, model.Name, hits, answer), ask.Json);
    if (chat is null && !ask.Json)
    {
        Status.Note($"Set {ChatModel.KeyVariable} to have a chat model write an answer from these passages.");
    }
}
