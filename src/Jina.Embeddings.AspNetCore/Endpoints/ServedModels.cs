using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.Embeddings.AspNetCore.Endpoints;

/// <summary>The container's models, and which of them a request means.</summary>
internal sealed class ServedModels
{
    private readonly Dictionary<string, ServedModel> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ServedModel> _models = [];
    private readonly bool _strict;
    private readonly bool _hasDefault;

    /// <exception cref="InvalidOperationException">No model is registered.</exception>
    public ServedModels(IServiceProvider provider, bool strict)
    {
        _strict = strict;

        // The one without a key is the application's own choice, so it comes first wherever names clash.
        var keys = provider.GetServices<RegisteredJinaModel>().Select(model => model.ServiceKey).OrderBy(key => key is not null).ToList();
        foreach (var key in keys)
        {
            var pipeline = provider.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(key);
            if (pipeline?.GetService<JinaEmbeddingGenerator>() is { } core)
            {
                Add(key, pipeline, core);
            }
        }

        if (_models.Count == 0)
        {
            throw new InvalidOperationException(
                "No Jina model is registered, so there is nothing to serve. Register one before MapJinaEmbeddings, e.g. by builder.Services.AddJinaEmbeddings().");
        }

        _hasDefault = _models.Count == 1 || keys[0] is null;
    }

    /// <summary>Gets the models in the order of registration, the one without a key first.</summary>
    public IReadOnlyList<ServedModel> All => _models;

    /// <summary>Finds a model by its name, <c>org/name</c> or key; null where there is none.</summary>
    public ServedModel? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Returns the model that answers a request.</summary>
    /// <param name="name">The model asked for, or null.</param>
    /// <exception cref="RefusedException">There is no such model, or none is named and none is the default.</exception>
    public ServedModel Select(string? name)
    {
        if (name is null)
        {
            return _hasDefault ? _models[0] : throw RefusedException.InvalidBody($"model is missing; expected one of {Names}.", "model");
        }

        return Find(name) ?? (_models.Count == 1 && !_strict ? _models[0] : throw new RefusedException(NotFound(name)));
    }

    /// <summary>Says that there is no such model, and which there are.</summary>
    public Refusal NotFound(string name) =>
        new(RefusalKind.ModelNotFound, $"Model '{JsonWords.Shorten(name)}' not found. Available models: {Names}.", "model");

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
