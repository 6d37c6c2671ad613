using System.Text.Json;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Checkpoints.SentenceTransformers;

/// <summary>
/// Reads modules.json and the modules that it lists: Transformer, mean Pooling, at most one Dense, at most one Normalize.
/// </summary>
internal sealed class SentencePipelineReader
{
    private static readonly string[] Order = ["Transformer", "Pooling", "Dense", "Normalize"];

    private readonly string _folder;
    private readonly int? _hiddenSize;

    private SentencePipelineReader(string folder, int? hiddenSize)
    {
        _folder = folder;
        _hiddenSize = hiddenSize;
    }

    /// <param name="settings">The model's settings.</param>
    /// <param name="hiddenSize">The width of the encoder's output, if it is known. The modules must fit it.</param>
    public static SentencePipeline Read(ModelSettings settings, int? hiddenSize) =>
        new SentencePipelineReader(settings.Location, hiddenSize).Read(settings.MaxTokens);

    private SentencePipeline Read(int maxTokens)
    {
        // A directory without modules.json is a bare encoder. sentence-transformers then uses mean pooling, as the v1 models do.
        var pipeline = new SentencePipeline(maxTokens, Normalize: false, Dense: null);
        if (JsonFile.OpenIfPresent(Path.Combine(_folder, ModelFileNames.Modules), JsonValueKind.Array) is not { } modules)
        {
            return pipeline;
        }

        var previous = -1;
        foreach (var module in modules.Items())
        {
            var kind = Kind(module);
            var position = Array.IndexOf(Order, kind);
            if (position < 0 || position <= previous || (previous < 0 && position != 0))
            {
                throw new JinaModelException(
                    modules.Path,
                    $"The module '{module.Text("type") ?? "(no type)"}' is {(position < 0 ? "not supported" : "in the wrong place")}. "
                    + "Transformer, Pooling, then optionally Dense and Normalize of sentence_transformers are expected. Choose another "
                    + "model.");
            }

            previous = position;
            switch (kind)
            {
                case "Transformer": RequireOwnFolder(module); break;
                case "Pooling": PoolingModule.RequireMean(ModuleFolder(module), _hiddenSize); break;
                case "Dense": pipeline = pipeline with { Dense = DenseModule.Read(ModuleFolder(module), _hiddenSize) }; break;
                default: pipeline = pipeline with { Normalize = true }; break;
            }
        }

        if (previous < 1)
        {
            throw new JinaModelException(modules.Path, "The file lists no Pooling module; mean pooling is expected. Choose another model.");
        }

        return pipeline;
    }

    private static string? Kind(JsonFile module) =>
        module.Text("type") is { } type && type.StartsWith("sentence_transformers.", StringComparison.Ordinal)
            ? type[(type.LastIndexOf('.') + 1)..]
            : null;

    private string ModuleFolder(JsonFile module) => InnerPath.Resolve(_folder, module.Text("path") ?? "", module.Path);

    private void RequireOwnFolder(JsonFile module)
    {
        if (ModuleFolder(module) != Path.TrimEndingDirectorySeparator(_folder))
        {
            throw new JinaModelException(
                module.Path,
                $"The encoder is in the folder '{module.Text("path")}'. config.json and the weights are expected beside modules.json. "
                + "Move them there.");
        }
    }
}
