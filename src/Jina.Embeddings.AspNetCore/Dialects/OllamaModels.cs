using System.Security.Cryptography;
using System.Text;
using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.AspNetCore.Responses;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.AspNetCore.Dialects;

/// <summary>Describes models in the form of Ollama's interface.</summary>
/// <param name="since">The time when this server began to serve the models.</param>
internal sealed class OllamaModels(DateTimeOffset since)
{
    /// <summary>Models stay loaded. Ollama reports a time far in the future for such models, too.</summary>
    private static readonly DateTimeOffset Never = new(2999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Capabilities = ["embedding"];

    private static readonly OllamaDetailsBody Details = new("", "onnx", "t5", ["t5"], "", "");

    /// <summary>Describes a model for the list of all models.</summary>
    public OllamaModelBody Describe(ServedModel model) =>
        new(model.Id + ServedModels.DefaultTag, model.Id + ServedModels.DefaultTag, since, 0, Digest(model), Details, Capabilities);

    /// <summary>Describes a model that is loaded.</summary>
    public static OllamaRunningBody DescribeRunning(ServedModel model) => new(
        model.Id + ServedModels.DefaultTag,
        model.Id + ServedModels.DefaultTag,
        0,
        Digest(model),
        Details,
        Never,
        0,
        model.Core.GetService<T5Tokenizer>()?.MaxTokens ?? 0);

    /// <summary>Describes one model.</summary>
    public OllamaShowBody Show(ServedModel model, int maxTokens) =>
        new("", "", "", Details, new OllamaModelInfoBody("t5", maxTokens, model.Dimensions), Capabilities, since);

    /// <summary>Returns a hash of the model's name and revision, or of its path. The weights are not read, because clients poll.</summary>
    private static string Digest(ServedModel model) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{model.Core.Model}@{model.Core.Model.Revision}")));
}
