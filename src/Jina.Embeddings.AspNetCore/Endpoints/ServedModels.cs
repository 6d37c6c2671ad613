using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>Represents the models of the container, and selects the model that a request names.</summary>
internal sealed class ServedModels
{
    /// <summary>The tag that all models have in Ollama's interface. Its clients also send it to the other interfaces.</summary>
    public const string DefaultTag = ":latest";

    private readonly Dictionary<string, ServedModel> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ServedModel> _models = [];
    private readonly bool _strict;
    private readonly bool _hasDefault;

    /// <summary>Finds the models that are registered.</summary>
    /// <exception cref="InvalidOperationException">No model is registered.</exception>
    public ServedModels(IServiceProvider provider, bool strict)
    {
        _strict = strict;

        // The model without a key is the application's default, so it comes first and keeps its name if two models have the same.
        var unkeyed = provider.GetServices<JinaEmbeddingGenerator>();
        var keyed = provider.GetKeyedServices<JinaEmbeddingGenerator>(KeyedService.AnyKey);
        foreach (var core in unkeyed.Concat(keyed).Distinct())
        {
            // The application can replace the pipeline of a key with a generator of another kind.
            var pipeline = provider.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(core.ServiceKey);
            if (pipeline?.GetService<JinaEmbeddingGenerator>() == core)
            {
                Add(core.ServiceKey, pipeline, core);
            }
        }

        if (_models.Count == 0)
        {
            throw new InvalidOperationException(
                "No Jina model is registered. Register one before MapJinaEmbeddings, e.g. with builder.Services.AddJinaEmbeddings().");
        }

        _hasDefault = _models.Count == 1 || _models[0].Core.ServiceKey is null;
    }

    /// <summary>Gets the models in the order of registration. The model without a key is first.</summary>
    public IReadOnlyList<ServedModel> All => _models;

    /// <summary>Finds a model by its name, <c>org/name</c> or key, with or without <see cref="DefaultTag"/>.</summary>
    /// <returns>The model, or <see langword="null"/>.</returns>
    public ServedModel? Find(string name) => _byName.GetValueOrDefault(name)
        ?? (name.EndsWith(DefaultTag, StringComparison.OrdinalIgnoreCase) ? _byName.GetValueOrDefault(name[..^DefaultTag.Length]) : null);

    /// <summary>Returns the model that answers a request.</summary>
    /// <param name="name">The requested model. If <see langword="null"/>, the default model is returned.</param>
    /// <exception cref="RejectedException">The model does not exist, or a name is required.</exception>
    public ServedModel Select(string? name)
    {
        if (name is null)
        {
            return _hasDefault
                ? _models[0]
                : throw RejectedException.InvalidBody($"The field 'model' is missing. Expected one of {Names}.", "model");
        }

        if (Find(name) is { } model)
        {
            return model;
        }

        return _models.Count == 1 && !_strict ? _models[0] : throw new RejectedException(NotFound(name));
    }

    /// <summary>Returns the rejection of a request for a model that does not exist. The message lists the models.</summary>
    public Rejection NotFound(string name) => new(
        RejectionKind.ModelNotFound, $"Model '{RejectionText.Shorten(name)}' not found. Available models: {Names}.", "model");

    private string Names => string.Join(", ", _models.Select(model => model.Id));

    private void Add(object? key, IEmbeddingGenerator<string, Embedding<float>> pipeline, JinaEmbeddingGenerator core)
    {
        var name = core.Model.Name;
        var model = new ServedModel(_byName.ContainsKey(name) ? key!.ToString()! : name, pipeline, core);
        _models.Add(model);
        foreach (var alias in new[] { model.Id, core.Model.Repository, key as string }.OfType<string>())
        {
            _byName.TryAdd(alias, model);
        }
    }
}

/// <summary>Represents a model that requests can name.</summary>
/// <param name="Id">The name in responses: the model's own name, or its key if an earlier model has the same name.</param>
/// <param name="Pipeline">The generator of the container, with its middleware.</param>
/// <param name="Core">The generator inside the pipeline.</param>
internal sealed record ServedModel(string Id, IEmbeddingGenerator<string, Embedding<float>> Pipeline, JinaEmbeddingGenerator Core)
{
    /// <summary>Gets the length of the vectors, if it is known before the model is loaded.</summary>
    public int? Dimensions => Core.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelDimensions;

    /// <summary>Returns the length of the vectors. If it is not known before the load, as with ONNX exports, the model is loaded.</summary>
    /// <param name="token">A token ID for the run that measures the length.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    public async Task<int> GetDimensionsAsync(int token, CancellationToken cancellationToken)
    {
        if (Dimensions is { } known)
        {
            return known;
        }

        var embeddings = await Core.GenerateFromTokensAsync([[token]], cancellationToken: cancellationToken).ConfigureAwait(false);
        return embeddings[0].Vector.Length;
    }
}
