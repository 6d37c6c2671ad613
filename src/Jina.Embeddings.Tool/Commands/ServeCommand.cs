using System.CommandLine;
using Jina.Embeddings.Tool.Serving;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>serve</c>: serves models over the HTTP API of cloud services.</summary>
internal static class ServeCommand
{
    public const string UrlsName = "--urls";
    private const string DefaultUrls = "http://127.0.0.1:8080";

    /// <summary>The time to close connections after the last running request was answered.</summary>
    private static readonly TimeSpan StopMargin = TimeSpan.FromSeconds(10);

    /// <summary>The longest time to drain. Service managers kill a process that needs longer.</summary>
    private static readonly TimeSpan MaxDrain = TimeSpan.FromMinutes(5);

    public static Command Create()
    {
        var models = ModelOption.CreateMany();
        var urls = UrlsOption();
        var precision = new PrecisionOption();
        var threads = CountOption.Create(
            "--threads", "The number of computing threads of all models together. [default: one per processor]");
        var endpoint = new EndpointOptions();
        var browsers = new BrowserOptions();
        var drain = CountOption.Create(
            "--drain",
            "The seconds, at most 300, for which the server answers requests after SIGTERM while /ready returns 503, so that load "
            + "balancers notice. [default: it stops at once]");
        drain.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var seconds) && seconds > MaxDrain.TotalSeconds)
            {
                result.AddError($"--drain is '{token.Value}'; expected at most {MaxDrain.TotalSeconds} seconds.");
            }
        });
        var logFormat = new LogFormatOption();
        var command = new ToolCommand(
            "serve", "Serve models over HTTP, at /v1/embeddings with OpenAI's and Jina's API, and a web page to try them.")
        {
            Examples =
            [
                "jina-embeddings serve --model jina-embedding-s-en-v1",
                "jina-embeddings serve --model jina-embedding-s-en-v1 --model jina-embedding-b-en-v1 --precision int8",
                $"{EndpointOptions.KeyVariable}=$(cat key.txt) jina-embeddings serve --model models/demo-en --urls http://0.0.0.0:8080",
            ],
            ReadsEnvironment = true,
            TerminationTimeout = parsed =>
                GetDrain(parsed, drain) + EmbeddingServer.StopTimeout + StopMargin + ServerTelemetry.FlushTimeout,
        };
        command.AddOptions(models, urls, precision, threads);
        endpoint.AddTo(command);
        browsers.AddTo(command);
        command.AddOptions(drain, logFormat);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var limits = endpoint.Parse(parsed);
            var settings = new ServeSettings
            {
                Models = parsed.GetRequiredValue(models),
                Addresses = parsed.GetValue(urls) ?? ServerAddress.ParseAll(DefaultUrls),
                Precision = precision.Parse(parsed),
                Threads = parsed.GetValue(threads),
                Endpoint = limits,
                Browsers = browsers.Parse(parsed, hasKeys: limits.ApiKeys.Count > 0),
                LogFormat = logFormat.Parse(parsed),
                Drain = GetDrain(parsed, drain),
                Otlp = OtlpSettings.Read(),
            };
            ThrowIfNamesAreEqual(settings);
            ThrowIfOpenToAll(settings);
            try
            {
                await EmbeddingServer.RunAsync(settings, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The server was stopped before it was ready.
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static TimeSpan GetDrain(ParseResult parsed, Option<int?> option) => TimeSpan.FromSeconds(parsed.GetValue(option) ?? 0);

    private static void ThrowIfNamesAreEqual(ServeSettings settings)
    {
        var names = settings.Models.GroupBy(model => model.Name, StringComparer.OrdinalIgnoreCase);
        if (names.FirstOrDefault(group => group.Count() > 1) is { } equal)
        {
            throw new CommandException(
                $"{EnvironmentArguments.Describe("--model")} gives {equal.Count()} models with the name '{equal.Key}'; "
                + "expected different names, because requests choose by name.",
                ExitCode.WrongUsage);
        }
    }

    private static void ThrowIfOpenToAll(ServeSettings settings)
    {
        if (settings.Endpoint.ApiKeys.Count == 0 && settings.Addresses.FirstOrDefault(address => !address.IsLoopback) is { } open)
        {
            throw new CommandException(
                $"{open.Url} can be reached from other machines, but no API key is set. "
                + $"Set {EndpointOptions.KeyVariable}, or listen on {DefaultUrls}.",
                ExitCode.WrongUsage);
        }
    }

    private static Option<IReadOnlyList<ServerAddress>?> UrlsOption() => new(UrlsName)
    {
        Description = "The addresses to listen on: http://HOST:PORT, with semicolons between several. Port 0 chooses a free port. "
            + $"An address that other machines can reach needs an API key. [default: {DefaultUrls}]",
        HelpName = "URL",

        // The value is a list, so the parser would accept several values and drop all but the first.
        Arity = ArgumentArity.ExactlyOne,
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
