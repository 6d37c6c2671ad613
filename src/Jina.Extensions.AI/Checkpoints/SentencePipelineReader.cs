using System.Text.Json;

namespace Jina.Extensions.AI.Checkpoints;

/// <summary>Reads modules.json and what it points at: Transformer, mean Pooling, at most one Dense, at most one Normalize.</summary>
internal sealed class SentencePipelineReader
{
    private static readonly string[] Order = ["Transformer", "Pooling", "Dense", "Normalize"];

    private readonly string _folder;
    private readonly T5Config? _config;

    private SentencePipelineReader(string folder, T5Config? config)
    {
        _folder = folder;
        _config = config;
    }

    /// <summary>Reads what lies around an ONNX export: the folder need hold no checkpoint.</summary>
    public static SentencePipeline ReadForExport(string folder) =>
        new SentencePipelineReader(folder, null).Read(TokenLimit.Read(folder, JsonFile.OpenIfPresent(Path.Combine(folder, "config.json"))));

    public static SentencePipeline Read(string folder, T5Config config, JsonFile json) =>
        new SentencePipelineReader(folder, config).Read(TokenLimit.Read(folder, json));

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
                "Dense" => pipeline with { Dense = ReadDense(module) },
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

    private TensorEntry ReadDense(JsonFile module) => _config is not null
        ? DenseModule.Read(ModuleFolder(module), _config.HiddenSize)
        : throw new JinaModelException(
            module.Path,
            "a Dense module is supported with the checkpoint, not with an ONNX export. Add the checkpoint's weights to the folder.");

    private SentencePipeline RequireMean(JsonFile module, SentencePipeline pipeline)
    {
        PoolingModule.RequireMean(ModuleFolder(module), _config?.HiddenSize);
        return pipeline;
    }
}
