using Jina.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using QueueWorker;

if (args is not ([] or ["publish", _]))
{
    Console.Error.WriteLine("error: Expected no arguments, or 'publish FILE'.");
    return 2;
}

try
{
    var builder = Host.CreateApplicationBuilder();
    builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);   // errors are reported below, in one line

    await using var queue = new TextQueue(
        builder.Configuration.GetConnectionString("Queue") ?? "nats://127.0.0.1:4222", QueueSettings.Read(builder.Configuration));
    if (args is [_, var file])
    {
        await queue.PublishAsync(File.ReadLinesAsync(file), CancellationToken.None);
        return 0;
    }

    var database = new NpgsqlDataSourceBuilder(
        builder.Configuration.GetConnectionString("Database") ?? "Host=127.0.0.1;Username=postgres;Database=postgres");
    database.UseVector();
    builder.Services.AddJinaEmbeddings(builder.Configuration.GetSection("Jina"));
    builder.Services.Configure<JinaEmbeddingOptions>(options => options.Truncation = TruncationPolicy.Truncate);
    builder.Services.AddJinaEmbeddingsWarmUp();
    builder.Services
        .AddSingleton(queue)
        .AddSingleton(_ => database.Build())
        .AddSingleton<PassageTable>()
        .AddHostedService<Worker>();

    await builder.Build().RunAsync();
    return Environment.ExitCode;
}
catch (OperationCanceledException) when (args is [])
{
    return 0;    // stopped while the model was loaded
}
catch (Exception error)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}
