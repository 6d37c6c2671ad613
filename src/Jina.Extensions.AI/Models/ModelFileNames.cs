namespace Jina.Extensions.AI.Models;

/// <summary>Contains the names of the files in a model directory: the published ones, and those that this library generates.</summary>
internal static class ModelFileNames
{
    public const string Config = "config.json";
    public const string SentencePiece = "spiece.model";
    public const string Modules = "modules.json";
    public const string SentenceBertConfig = "sentence_bert_config.json";
    public const string TokenizerConfig = "tokenizer_config.json";
    public const string Safetensors = "model.safetensors";
    public const string Torch = "pytorch_model.bin";
    public const string OnnxExport = "model.onnx";

    /// <summary>The end of the name of an index of several weight files.</summary>
    public const string IndexSuffix = ".index.json";

    /// <summary>The generated graph in single precision.</summary>
    public const string Fp32Graph = "jina-encoder-fp32.onnx";

    /// <summary>The generated graph over int8 weights.</summary>
    public const string Int8Graph = "jina-encoder-int8.onnx";

    /// <summary>The generated graph in single precision that returns a vector per token.</summary>
    public const string Fp32TokenGraph = "jina-encoder-fp32-tokens.onnx";

    /// <summary>The generated graph over int8 weights that returns a vector per token.</summary>
    public const string Int8TokenGraph = "jina-encoder-int8-tokens.onnx";

    /// <summary>The generated int8 weights.</summary>
    public const string Int8Weights = "jina-encoder-int8.safetensors";

    /// <summary>
    /// The folder of the cache with files that are generated for models in read-only directories, one subfolder per set of weights.
    /// </summary>
    public const string GeneratedFolder = "graphs";

    /// <summary>Determines whether an ONNX file is one that this library generates, and not an export.</summary>
    public static bool IsGeneratedGraph(string path) =>
        Path.GetFileName(path) is Fp32Graph or Int8Graph or Fp32TokenGraph or Int8TokenGraph;
}
