using System.CommandLine;
using Jina.Embeddings.Tool.Serving;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>serve</c>: the models behind the HTTP interface of cloud services.</summary>
internal static class ServeCommand
{
    private const string DefaultUrls = "http://127.0.0.1:8080";

    /// <summary>Time to say good-bye after the requests under way are answered.</summary>
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var models = ModelOption.CreateMany();
        var urls = UrlsOption();
        var precision = new PrecisionOption();
        var threads = CountOption.Create("--threads", "The threads that compute, for all models together. [default: one per processor]");
        var endpoint = new EndpointOptions();
        var command = new ToolCommand("serve", "Serve models by HTTP, at /v1/embeddings in OpenAI's and Jina's interface, with a page to try them.")
        {
            Examples =
            [
                "jina-embeddings serve --model jina-embedding-s-en-v1",
                "jina-embeddings serve --model jina-embedding-s-en-v1 --model jina-embedding-b-en-v1 --precision int8",
                $"{EndpointOptions.KeyVariable}=$(cat key.txt) jina-embeddings serve --model models/demo-en --urls http://0.0.0.0:8080",
            ],
            TerminationTimeout = EmbeddingServer.DrainTimeout + StopMargin,
        };
        command.Options.Add(models);
        command.Options.Add(urls);
        command.Options.Add(precision);
        command.Options.Add(threads);
        endpoint.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = new ServeSettings
            {
                Models = Distinct(parsed.GetRequiredValue(models)),
                Addresses = parsed.GetRequiredValue(urls),
                Precision = precision.Of(parsed),
                Threads = parsed.GetValue(threads),
                Endpoint = endpoint.Of(parsed),
            };
            ThrowIfOpenToAll(settings);
            try
            {
                await EmbeddingServer.RunAsync(settings, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Asked to stop before it was ready.
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Requests name models, so no two may share a name.</summary>
    private static JinaEmbeddingModel[] Distinct(JinaEmbeddingModel[] models) =>
        models.GroupBy(model => model.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new CommandException($"--model gives {twice.Count()} models called '{twice.Key}'; expected different names, since requests choose by them.", ExitCode.WrongUsage)
            : models;

    private static void ThrowIfOpenToAll(ServeSettings settings)
    {
        if (settings.Endpoint.ApiKeys.Count == 0 && settings.Addresses.FirstOrDefault(address => !address.IsLoopback) is { } open)
        {
            throw new CommandException(
                $"{open.Url} can be reached from other machines, and there is no API key; set {EndpointOptions.KeyVariable}, or listen on {DefaultUrls}.", ExitCode.WrongUsage);
        }
    }

    private static Option<IReadOnlyList<ServerAddress>> UrlsOption() => new("--urls")
    {
        Description = $"Where to listen: http://HOST:PORT, several with semicolons between. Port 0 is any free one; an address that other machines can reach needs an API key. [default: {DefaultUrls}]",
        HelpName = "URL",
        DefaultValueFactory = static _ => ServerAddress.ParseAll(DefaultUrls),
        CustomParser = static result =>
        {
            try
            {
                return ServerAddress.ParseAll(result.Tokens[0].Value);
            }
            catch (FormatException e)
            {
                result.AddError($"--urls is {e.Message}");
                return null;
            }
        },
    };
}
