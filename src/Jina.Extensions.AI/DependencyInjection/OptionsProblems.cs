using Jina.Extensions.AI.Options;
using Microsoft.Extensions.Options;

namespace Jina.Extensions.AI.DependencyInjection;

/// <summary>Checks the options of one registration, and says where each wrong one was set.</summary>
/// <param name="registration">The name of its options.</param>
/// <param name="prefix">What stands before an option's name there.</param>
internal sealed class OptionsProblems(string registration, string prefix) : IValidateOptions<JinaEmbeddingOptions>
{
    public ValidateOptionsResult Validate(string? name, JinaEmbeddingOptions options)
    {
        if (name != registration)
        {
            return ValidateOptionsResult.Skip;
        }

        var problems = JinaEmbeddingOptionsRules.Problems(options);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems.Select(problem => prefix + problem));
    }
}
