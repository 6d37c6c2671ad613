using Microsoft.Extensions.Options;

namespace Jina.Embeddings.AspNetCore.DependencyInjection;

/// <summary>Checks the endpoint's options, and says where each wrong one was set: in configuration, if that was read.</summary>
internal sealed class EndpointOptionsProblems(IEnumerable<ConfiguredEndpointOptions> configured) : IValidateOptions<JinaEmbeddingEndpointOptions>
{
    public ValidateOptionsResult Validate(string? name, JinaEmbeddingEndpointOptions options)
    {
        var prefix = configured.FirstOrDefault()?.Prefix ?? $"{nameof(JinaEmbeddingEndpointOptions)}.";
        string[] problems = [.. configured.SelectMany(section => section.Problems()), .. EndpointOptionsRules.Problems(options).Select(problem => prefix + problem)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
