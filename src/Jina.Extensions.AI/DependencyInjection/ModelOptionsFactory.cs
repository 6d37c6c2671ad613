using Microsoft.Extensions.Options;

namespace Jina.Extensions.AI.DependencyInjection;

/// <summary>Creates the options of models. If the options of one model are not valid, reports the problems of all models.</summary>
/// <remarks>
/// The container validates the options of a model when its generator is resolved. A hosted service that injects a generator is created
/// before the host validates the others, so without this type only the problems of one model would be reported.
/// </remarks>
internal sealed class ModelOptionsFactory(
    IEnumerable<IConfigureOptions<JinaEmbeddingOptions>> configurations,
    IEnumerable<IPostConfigureOptions<JinaEmbeddingOptions>> postConfigurations,
    IEnumerable<IValidateOptions<JinaEmbeddingOptions>> validations,
    IEnumerable<RegisteredModel> models) : IOptionsFactory<JinaEmbeddingOptions>
{
    private readonly OptionsFactory<JinaEmbeddingOptions> _factory = new(configurations, postConfigurations, validations);

    /// <exception cref="OptionsValidationException">The options of this model, and possibly those of others, are not valid.</exception>
    public JinaEmbeddingOptions Create(string name)
    {
        try
        {
            return _factory.Create(name);
        }
        catch (OptionsValidationException failure)
        {
            var registered = models.DistinctBy(model => model.OptionsName).ToList();
            var problems = registered.SelectMany(model => model.OptionsName == name ? failure.Failures : Problems(model));
            if (registered.All(model => model.OptionsName != name))
            {
                problems = failure.Failures.Concat(problems);
            }

            throw new OptionsValidationException(name, typeof(JinaEmbeddingOptions), problems.ToArray());
        }
    }

    private IEnumerable<string> Problems(RegisteredModel model)
    {
        try
        {
            _factory.Create(model.OptionsName);
            return [];
        }
        catch (OptionsValidationException failure)
        {
            return failure.Failures;
        }
#pragma warning disable CA1031 // Callbacks of the application can throw anything, and must not hide the other problems.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return [$"{model.Description} cannot be configured: {failure.Message}"];
        }
    }
}
