using System.Text.Json;

namespace Jina.Extensions.AI.Checkpoints.SentenceTransformers;

/// <summary>Reads modules.json and what it points at: Transformer, mean Pooling, at most one Dense, at most one Normalize.</summary>
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

    /// <param name="folder">The model's folder, absolute.</param>
    /// <param name="config">Its config.json, if it has one.</param>
    /// <param name="hiddenSize">The width of the encoder's output, where it is known: the modules must fit it.</param>
    public static SentencePipeline Read(string folder, JsonFile? config, int? hiddenSize) =>
        new SentencePipelineReader(folder, hiddenSize).Read(TokenLimit.Read(folder, config));

    private SentencePipeline Read(int maxTokens)
    {
        // A folder without modules.json is a bare encoder; sentence-transformers then pools by mean, as the v1 models do.
        var pipeline = new SentencePipeline(maxTokens, Normalize: false, Dense: null);
        if (JsonFile.OpenIfPresent(Path.Combine(_folder, "modules.json"), JsonValueKind.Array) is not { } modules)
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
                    $"the module '{module.Text("type") ?? "(no type)"}' {(position < 0 ? "is not supported" : "stands in the wrong place")}; "
                    + "Transformer, Pooling, then optionally Dense and Normalize of sentence_transformers are expected. Choose another model.");
            }

            previous = position;
            pipeline = kind switch
            {
                "Transformer" => RequireOwnFolder(module, pipeline),
                "Pooling" => RequireMean(module, pipeline),
                "Dense" => pipeline with { Dense = DenseModule.Read(ModuleFolder(module), _hiddenSize) },
                _ => pipeline with { Normalize = true },
            };
        }

        return previous >= 1
            ? pipeline
            : throw new JinaModelException(modules.Path, "it lists no Pooling module; mean pooling is expected. Choose another model.");
    }

    private static string? Kind(JsonFile module) =>
        module.Text("type") is { } type && type.StartsWith("sentence_transformers.", StringComparison.Ordinal)
            ? type[(type.LastIndexOf('.') + 1)..]
            : null;

    private string ModuleFolder(JsonFile module) => InnerPath.Resolve(_folder, module.Text("path") ?? "", module.Path);

    private SentencePipeline RequireOwnFolder(JsonFile module, SentencePipeline pipeline) =>
        ModuleFolder(module) == Path.TrimEndingDirectorySeparator(_folder)
            ? pipeline
            : throw new JinaModelException(
                module.Path,
                $"it keeps the encoder in the folder '{module.Text("path")}'; config.json and the weights are expected beside modules.json. Move them there.");

    private SentencePipeline RequireMean(JsonFile module, SentencePipeline pipeline)
    {
        PoolingModule.RequireMean(ModuleFolder(module), _hiddenSize);
        return pipeline;
    }
}
