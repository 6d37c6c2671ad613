using System.CommandLine;
using Jina.Embeddings.AspNetCore;
using Jina.Embeddings.AspNetCore.Limits;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>The options of the package's endpoint, as options of the command.</summary>
internal sealed class EndpointOptions
{
    public const string KeyVariable = "JINA_EMBEDDINGS_API_KEY";

    private static readonly JinaEmbeddingEndpointOptions Defaults = new();

    private readonly Option<string[]> _apiKeys = new("--api-key")
    {
        Description = $"A key that requests must bring; may be repeated. Other users of this machine can read command lines: better set {KeyVariable}, several keys with commas between.",
        HelpName = "KEY",
    };

    private readonly Option<bool> _strictModel = new("--strict-model")
    {
        Description = "Refuse requests for another model. By default the only model answers whatever name is asked for.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<int?> _maxConcurrent = CountOption.Create("--max-concurrent", $"The most requests at once; the next is refused with 429. [default: {Defaults.MaxConcurrentRequests}]");
    private readonly Option<int?> _queue = CountOption.Create("--queue", $"The most inputs of all requests that wait or run at once; a request that does not fit is refused with 503. [default: {Defaults.MaxQueuedInputs}]");
    private readonly Option<int?> _maxInputs = CountOption.Create("--max-inputs", $"The most inputs of a request. [default: {Defaults.MaxInputs}]");
    private readonly Option<int?> _maxTokens = CountOption.Create("--max-tokens", $"The most tokens of a request. [default: {Defaults.MaxTokens}]");
    private readonly Option<int?> _maxBody = CountOption.Create("--max-body", $"The most bytes of a request. [default: {Defaults.MaxBodyBytes}]");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_apiKeys, _strictModel, _maxConcurrent, _queue, _maxInputs, _maxTokens, _maxBody])
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="CommandException">A value is out of range, or does not fit another.</exception>
    public JinaEmbeddingEndpointOptions Of(ParseResult parsed)
    {
        var options = new JinaEmbeddingEndpointOptions
        {
            StrictModel = parsed.GetValue(_strictModel),
            MaxConcurrentRequests = parsed.GetValue(_maxConcurrent) ?? Defaults.MaxConcurrentRequests,
            MaxQueuedInputs = parsed.GetValue(_queue) ?? Defaults.MaxQueuedInputs,
            MaxInputs = parsed.GetValue(_maxInputs) ?? Defaults.MaxInputs,
            MaxTokens = parsed.GetValue(_maxTokens) ?? Defaults.MaxTokens,
            MaxBodyBytes = parsed.GetValue(_maxBody) ?? Defaults.MaxBodyBytes,
        };
        var keys = Environment.GetEnvironmentVariable(KeyVariable)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var key in (string[])[.. parsed.GetValue(_apiKeys) ?? [], .. keys ?? []])
        {
            options.ApiKeys.Add(key);
        }

        return EndpointOptionsRules.Problems(options) is [var problem, ..] ? throw new CommandException(InTheseWords(problem), ExitCode.WrongUsage) : options;
    }

    /// <summary>The package's sentence, with the names that the user knows.</summary>
    private static string InTheseWords(string problem) => problem
        .Replace($"{nameof(Defaults.ApiKeys)}:", "API key ", StringComparison.Ordinal)
        .Replace(nameof(Defaults.MaxQueuedInputs), "--queue", StringComparison.Ordinal)
        .Replace(nameof(Defaults.MaxInputs), "--max-inputs", StringComparison.Ordinal)
        .Replace(nameof(Defaults.MaxBodyBytes), "--max-body", StringComparison.Ordinal);
}
