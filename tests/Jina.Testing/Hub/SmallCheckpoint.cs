using System.Text;

namespace Jina.Testing.Hub;

/// <summary>Creates the files of a small repository in the layout of the real ones. Their contents are not used.</summary>
public static class SmallCheckpoint
{
    public const string Weights = "pytorch_model.bin";

    public static IReadOnlyList<HubFile> Files(int weightBytes = 300_000)
    {
        var weights = new byte[weightBytes];
        new Random(20).NextBytes(weights);
        return
        [
            Text("config.json", """{ "model_type": "t5" }"""),
            Text("modules.json", """[ { "path": "" }, { "path": "1_Pooling" } ]"""),
            Text("1_Pooling/config.json", """{ "pooling_mode_mean_tokens": true }"""),
            Text("sentence_bert_config.json", """{ "max_seq_length": 512 }"""),
            Text("tokenizer_config.json", """{ "model_max_length": 512 }"""),
            new("spiece.model", weights[..20_000], IsLarge: true),
            new(Weights, weights, IsLarge: true),
        ];
    }

    private static HubFile Text(string path, string content) => new(path, Encoding.UTF8.GetBytes(content), IsLarge: false);
}
