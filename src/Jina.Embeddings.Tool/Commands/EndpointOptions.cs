using System.CommandLine;
using Jina.Embeddings.AspNetCore;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Represents the options of the endpoint as options of the command.</summary>
internal sealed class EndpointOptions
{
    public const string KeyVariable = "JINA_EMBEDDINGS_API_KEY";

    private static readonly JinaEmbeddingEndpointOptions Defaults = new();

    private readonly Option<string[]> _apiKeys = new("--api-key")
    {
        Description = "A key that clients must send; can be repeated. Other users of this machine can read command lines, "
            + $"so prefer the variable {KeyVariable}, with commas between several keys.",
        HelpName = "KEY",
    };

    private readonly Option<bool> _strictModel = new("--strict-model")
    {
        Description = "Reject requests for another model. By default, a single model answers requests for any name.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<bool> _strictFields = new("--strict-fields")
    {
        Description = "Reject requests with unknown fields. By default, unknown fields are ignored and named in a Warning header.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<TokenIdEncoding?> _tokenIds = new("--token-ids")
    {
        Description = "The encoding of token IDs in requests: those of OpenAI, or the model's own vocabulary. A request can name another "
            + $"encoding in the header X-Token-Encoding. [default: {TokenIdEncodingNames.Of(Defaults.TokenIdEncoding)}]",
        HelpName = "cl100k_base|o200k_base|model",
        CustomParser = static result =>
        {
            var name = result.Tokens[0].Value;
            if (TokenIdEncodingNames.Find(name) is { } encoding)
            {
                return encoding;
            }

            result.AddError($"--token-ids is '{name}'; expected {TokenIdEncodingNames.Expected}.");
            return null;
        },
    };

    private readonly Option<int?> _maxConcurrent = CountOption.Create(
        "--max-concurrent",
        $"The maximum number of concurrent requests. Further ones are rejected with 429. [default: {Defaults.MaxConcurrentRequests}]");

    private readonly Option<int?> _queue = CountOption.Create(
        "--queue",
        "The maximum number of inputs of all requests that wait or run. A request above it is rejected with 503. "
        + $"[default: {Defaults.MaxQueuedInputs}]");

    private readonly Option<int?> _maxInputs = CountOption.Create(
        "--max-inputs", $"The maximum number of inputs in a request. [default: {Defaults.MaxInputs}]");

    private readonly Option<int?> _maxTokens = CountOption.Create(
        "--max-tokens", $"The maximum number of tokens in a request. [default: {Defaults.MaxTokens}]");

    private readonly Option<int?> _maxBody = CountOption.Create(
        "--max-body", $"The maximum size of a request in bytes. [default: {Defaults.MaxBodyBytes}]");

    private readonly Option<long?> _maxMemory = CountOption.Create<long>(
        "--max-memory",
        "The maximum number of bytes that all requests hold together, at least about 4 times --max-body. Further requests are rejected "
        + "with 429. [default: 268435456, or a quarter of the memory that the process may use]");

    public void AddTo(ToolCommand command) =>
        command.AddOptions(
            _apiKeys, _strictModel, _strictFields, _tokenIds, _maxConcurrent, _queue, _maxInputs, _maxTokens, _maxBody, _maxMemory);

    /// <exception cref="CommandException">A value is out of range, or does not fit another value.</exception>
    public JinaEmbeddingEndpointOptions Parse(ParseResult parsed)
    {
        var options = new JinaEmbeddingEndpointOptions
        {
            ReturnsMemory = true,
            StrictModel = parsed.GetValue(_strictModel),
            StrictFields = parsed.GetValue(_strictFields),
            TokenIdEncoding = parsed.GetValue(_tokenIds) ?? Defaults.TokenIdEncoding,
            MaxConcurrentRequests = parsed.GetValue(_maxConcurrent) ?? Defaults.MaxConcurrentRequests,
            MaxQueuedInputs = parsed.GetValue(_queue) ?? Defaults.MaxQueuedInputs,
            MaxInputs = parsed.GetValue(_maxInputs) ?? Defaults.MaxInputs,
            MaxTokens = parsed.GetValue(_maxTokens) ?? Defaults.MaxTokens,
            MaxBodyBytes = parsed.GetValue(_maxBody) ?? Defaults.MaxBodyBytes,
        };
        if (parsed.GetValue(_maxMemory) is { } memory)
        {
            options.MaxMemoryBytes = memory;
        }

        var keys = (Environment.GetEnvironmentVariable(KeyVariable) ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var key in (string[])[.. parsed.GetValue(_apiKeys) ?? [], .. keys])
        {
            options.ApiKeys.Add(key);
        }

        if (EndpointOptionsRules.Problems(options) is [var problem, ..])
        {
            throw new CommandException(WithOptionNames(problem), ExitCode.WrongUsage);
        }

        return options;
    }

    /// <summary>Replaces the names of properties in a message of the package by the names of the command's options.</summary>
    private static string WithOptionNames(string problem) => problem
        .Replace($"{nameof(Defaults.ApiKeys)}:", "API key ", StringComparison.Ordinal)
        .Replace(nameof(Defaults.MaxQueuedInputs), EnvironmentArguments.Describe("--queue"), StringComparison.Ordinal)
        .Replace(nameof(Defaults.MaxInputs), EnvironmentArguments.Describe("--max-inputs"), StringComparison.Ordinal)
        .Replace(nameof(Defaults.MaxMemoryBytes), EnvironmentArguments.Describe("--max-memory"), StringComparison.Ordinal)
        .Replace(nameof(Defaults.MaxBodyBytes), EnvironmentArguments.Describe("--max-body"), StringComparison.Ordinal);
}
