using Jina.Embeddings.AspNetCore.Refusals;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Jina.Embeddings.AspNetCore.Models;

/// <summary>The container's models, and which of them a request means.</summary>
internal sealed class ServedModels
{
    private readonly Dictionary<string, ServedModel> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ServedModel> _models = [];
    private readonly bool _strict;
    private readonly ServedModel? _default;

    /// <exception cref="InvalidOperationException">No model is registered.</exception>
    public ServedModels(IServiceProvider provider, bool strict)
    {
        _strict = strict;

        // The one without a key is the application's own choice, so it comes first wherever names clash.
        foreach (var key in new object?[] { null })
        {
            _default = Add(provider, key) ?? _default;
        }

        if (_models.Count == 0)
        {
            throw new InvalidOperationException(
                "No Jina model is registered, so there is nothing to serve. Register one, e.g. builder.Services.AddJinaEmbeddings(), before MapJinaEmbeddings.");
        }

        _default ??= _models.Count == 1 ? _models[0] : null;
    }

    /// <summary>Gets the models, in the order of registration, the one without a key first.</summary>
    public IReadOnlyList<ServedModel> All => _models;

    /// <summary>Finds a model by its name, <c>org/name</c> or key; null where there is none.</summary>
    public ServedModel? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Returns the model that answers a request.</summary>
    /// <param name="name">The model asked for, or null.</param>
    /// <exception cref="RefusedException">There is no such model.</exception>
    public ServedModel Select(string? name)
    {
        if (name is not null && Find(name) is { } found)
        {
            return found;
        }

        var answersAll = name is null ? _default : _models.Count == 1 && !_strict ? _models[0] : null;
        return answersAll ?? throw new RefusedException(NotFound(name));
    }

    /// <summary>Says that there is no such model, and which there are.</summary>
    public Refusal NotFound(string? name) => name is null
        ? new Refusal(RefusalKind.InvalidBody, $"model is missing; expected one of {Names()}.", "model")
        : new Refusal(RefusalKind.ModelNotFound, $"Model '{Shorten(name)}' not found. Available models: {Names()}.", "model");

    private static string Shorten(string name) => Requests.JsonWords.Shorten(name);

    private string Names() => string.Join(", ", _models.Select(model => model.Id));

    private ServedModel? Add(IServiceProvider provider, object? key)
    {
        var pipeline = key is null
            ? provider.GetService<IEmbeddingGenerator<string, Embedding<float>>>()
            : provider.GetKeyedService<IEmbeddingGenerator<string, Embedding<float>>>(key);
        if (pipeline?.GetService<JinaEmbeddingGenerator>() is not { } core)
        {
            return null;
        }

        var name = ((EmbeddingGeneratorMetadata)core.GetService(typeof(EmbeddingGeneratorMetadata))!).DefaultModelId!;
        var model = new ServedModel(_byName.ContainsKey(name) ? key?.ToString() ?? name : name, pipeline, core);
        _models.Add(model);
        foreach (var other in new[] { name, key as string })
        {
            if (other is not null)
            {
                _byName.TryAdd(other, model);
            }
        }

        return model;
    }
}
