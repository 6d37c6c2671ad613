using Jina.Extensions.AI;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Loading;
using Jina.Extensions.AI.OnnxExports;
using Jina.Fuzzing.Runs;
using Jina.Testing;

namespace Jina.Fuzzing.Targets;

/// <summary>
/// Loads a model that has pipes, devices, links and folders in the place of its files. An input is a list of pairs: the numbers of a file
/// and of a kind.
/// </summary>
internal sealed class SpecialFilesTarget : FuzzTarget
{
    private static readonly string[] Required =
    [
        "config.json", "modules.json", "1_Pooling/config.json", "2_Dense/config.json", "2_Dense/model.safetensors",
        "sentence_bert_config.json", "tokenizer_config.json", "spiece.model", "model.safetensors",
    ];

    /// <summary>The files that are read only if the weights of the model are missing.</summary>
    private static readonly string[] Alternatives =
        ["model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json", "model.onnx", "onnx/model.onnx"];

    /// <summary>The files that the library writes itself.</summary>
    private static readonly string[] Generated =
    [
        "jina-encoder-fp32.onnx", "jina-encoder-int8.onnx", "jina-encoder-int8.safetensors",
        "jina-encoder-fp32-tokens.onnx", "jina-encoder-int8-tokens.onnx",
    ];

    private static readonly string[] Files = [.. Required, .. Alternatives, .. Generated];

    private readonly TemporaryFolder _cache = new();
    private readonly Dictionary<string, byte[]> _contents;

    public SpecialFilesTarget()
    {
        TinyModel.Write(Folder, "config.json");
        System.IO.File.WriteAllBytes(File("spiece.model"), TinyModel.SentencePieceModel(withReplacements: false));
        System.IO.File.WriteAllText(File("tokenizer_config.json"), """{"extra_ids": 0}""");
        _contents = Required.ToDictionary(name => name, name => System.IO.File.ReadAllBytes(File(name)));
    }

    public override string Name => "files";

    public override byte[] Make(Random random)
    {
        var input = new byte[2 * random.Next(1, 4)];
        random.NextBytes(input);
        return input;
    }

    public override void Read(byte[] input)
    {
        var files = input.Where((_, i) => i % 2 == 0).Select(number => Files[number % Files.Length]).ToArray();
        try
        {
            for (var i = 0; i < files.Length; i++)
            {
                if (Alternatives.Contains(files[i]))
                {
                    SpecialFile.Remove(File("model.safetensors"));
                }

                SpecialFile.Put(File(files[i]), SpecialFile.Kinds[input[(2 * i) + 1] % SpecialFile.Kinds.Count]);
            }

            Load();
            WrongStructureException.ThrowUnless(files.All(Generated.Contains), $"the model was loaded with {string.Join(", ", files)}");
        }
        finally
        {
            foreach (var file in files)
            {
                SpecialFile.Remove(File(file));
            }

            foreach (var (name, content) in _contents.Where(pair => !System.IO.File.Exists(File(pair.Key))))
            {
                System.IO.File.WriteAllBytes(File(name), content);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _cache.Dispose();
        base.Dispose(disposing);
    }

    private void Load()
    {
        var directory = new ModelDirectory(Folder);
        directory.OpenTokenizer(new JinaEmbeddingOptions()).Encode("text");
        if (directory.ExportPath is { } export)
        {
            OnnxExportCheck.Check(export);
        }

        directory.EnsureGraph(_cache.Path);
        directory.EnsureGraph(_cache.Path, Precision.Int8);
        if (directory.Checkpoint is not null)
        {
            directory.EnsureGraph(_cache.Path, output: EncoderOutput.Tokens);
            directory.EnsureGraph(_cache.Path, Precision.Int8, output: EncoderOutput.Tokens);
        }

        directory.GetIdentity(JinaEmbeddingModel.FromDirectory(Folder));
    }
}
