using System.Text;
using System.Text.Json.Nodes;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.Safetensors;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Loading;
using Jina.Fuzzing.Mutations;

namespace Jina.Fuzzing.Targets;

/// <summary>Reads the JSON files of a tiny model. An input's first byte is the number of the file that the rest replaces.</summary>
internal sealed class JsonTarget : FuzzTarget
{
    private readonly string[] _files;
    private readonly byte[][] _seeds;

    public JsonTarget(string name, string[] files)
    {
        Name = name;
        _files = files;
        TinyModel.Write(Folder, "config.json");
        System.IO.File.WriteAllBytes(File("spiece.model"), TinyModel.SentencePieceModel(withReplacements: false));
        System.IO.File.WriteAllText(
            File("tokenizer_config.json"),
            """{"extra_ids": 100, "model_max_length": 512, "additional_special_tokens": ["<extra_id_0>"]}""");
        if (files.Any(file => file.EndsWith(".index.json", StringComparison.Ordinal)))
        {
            WriteShards();
        }

        _seeds = [.. files.Select(file => System.IO.File.ReadAllBytes(File(file)))];
    }

    public override string Name { get; }

    public override byte[] Make(Random random)
    {
        var file = random.Next(_files.Length);
        var json = random.Chance(0.8)
            ? JsonMutator.Mutate(random, _seeds[file])
            : ByteMutator.Mutate(random, _seeds[file], random.Pick(_seeds));
        return [(byte)file, .. json];
    }

    public override void Read(byte[] input)
    {
        var file = input[0] % _files.Length;
        System.IO.File.WriteAllBytes(File(_files[file]), input[1..]);
        try
        {
            var checkpoint = Checkpoint.Open(Folder);
            SoundTensors.Check(checkpoint);
            Extensions.AI.Graph.T5EncoderGraph.Build(checkpoint, out _);
            new ModelDirectory(Folder).OpenTokenizer(new JinaEmbeddingOptions()).Encode("text");
        }
        finally
        {
            System.IO.File.WriteAllBytes(File(_files[file]), _seeds[file]);
        }
    }

    // Moves the weights to one shard in a folder of its own.
    private void WriteShards()
    {
        Directory.CreateDirectory(File("shards"));
        System.IO.File.Move(File("model.safetensors"), File("shards/1.safetensors"));
        using var file = BoundedFile.Open(File("shards/1.safetensors"));
        var map = new JsonObject(
            SafetensorsFile.Read(file).Names.Select(name => KeyValuePair.Create(name, (JsonNode?)"shards/1.safetensors")));
        var index = new JsonObject { ["weight_map"] = map };
        System.IO.File.WriteAllText(File("model.safetensors.index.json"), index.ToJsonString(), Encoding.UTF8);
    }
}
