using System.Text.Json.Nodes;

namespace Jina.RandomCheckpoints;

/// <summary>
/// Writes T5 encoders with random weights as complete model directories in the Hugging Face layout. The weights are streamed and
/// never all in memory.
/// </summary>
public static class RandomCheckpoint
{
    /// <summary>Writes a model to the folder, which is created if it does not exist, and returns the path of the folder.</summary>
    /// <exception cref="OperationCanceledException">The operation was canceled. The folder contains a part of the model.</exception>
    public static string Write(string folder, RandomCheckpointOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new RandomCheckpointOptions();
        Directory.CreateDirectory(folder);
        WriteJson(folder, "config.json", Config(options));
        WriteJson(folder, "modules.json", Modules(options));
        WriteJson(folder, "1_Pooling/config.json", Pooling(options));
        WriteJson(
            folder, "sentence_bert_config.json", new JsonObject { ["max_seq_length"] = options.MaxTokens, ["do_lower_case"] = false });
        WriteTokenizer(Path.Combine(folder, "spiece.model"), options);
        WriteWeights(folder, options, T5Weights.Encoder(options), cancellationToken);
        if (options.DenseSize is { } size)
        {
            WriteJson(folder, "2_Dense/config.json", Dense(options, size));
            WriteWeights(Path.Combine(folder, "2_Dense"), options, T5Weights.Dense(options, size), cancellationToken);
        }

        return folder;
    }

    /// <summary>Returns the weights of the encoder, for tests that write them in their own format.</summary>
    public static IReadOnlyList<RandomWeight> Weights(RandomCheckpointOptions options) => T5Weights.Encoder(options);

    /// <summary>Returns the size of the weights of a model in bytes.</summary>
    public static long WeightBytes(RandomCheckpointOptions options) =>
        T5Weights.Encoder(options).Concat(options.DenseSize is { } size ? T5Weights.Dense(options, size) : []).Sum(weight => weight.Length);

    /// <summary>Returns the values of a weight of the encoder, rounded to the type of the checkpoint.</summary>
    public static float[] Values(RandomCheckpointOptions options, string name) =>
        T5Weights.Encoder(options).Single(weight => weight.Name == name).Values();

    private static void WriteTokenizer(string path, RandomCheckpointOptions options)
    {
        if (options.SentencePieceModel is { } model)
        {
            File.Copy(model, path, overwrite: true);
        }
        else if (options.DemoTokenizer)
        {
            using var content = typeof(RandomCheckpoint).Assembly.GetManifestResourceStream("spiece.model")!;
            using var file = File.Create(path);
            content.CopyTo(file);
        }
    }

    private static void WriteWeights(
        string folder, RandomCheckpointOptions options, IReadOnlyList<RandomWeight> weights, CancellationToken cancellationToken)
    {
        if (options.Format == WeightFormat.Safetensors)
        {
            SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"), weights, cancellationToken);
        }
        else
        {
            TorchZipWriter.Write(Path.Combine(folder, "pytorch_model.bin"), weights, cancellationToken);
        }
    }

    // Like the published config.json of base, which leaves out the keys that have the defaults of T5Config.
    private static JsonObject Config(RandomCheckpointOptions options)
    {
        var config = new JsonObject
        {
            ["architectures"] = new JsonArray("T5EncoderModel"),
            ["model_type"] = "t5",
            ["d_model"] = options.HiddenSize,
            ["d_kv"] = options.HeadSize,
            ["d_ff"] = options.FeedForwardSize,
            ["num_layers"] = options.LayerCount,
            ["num_heads"] = options.HeadCount,
            ["vocab_size"] = options.VocabularySize,
            ["relative_attention_num_buckets"] = options.RelativeAttentionBuckets,
            ["layer_norm_epsilon"] = 1e-6,
            ["n_positions"] = options.MaxTokens,
            ["is_encoder_decoder"] = true,
        };
        if (options.Gated)
        {
            config["feed_forward_proj"] = "gated-gelu";
        }

        return config;
    }

    private static JsonArray Modules(RandomCheckpointOptions options)
    {
        var modules = new JsonArray();
        Add("", "Transformer");
        Add("1_Pooling", "Pooling");
        if (options.DenseSize is not null)
        {
            Add("2_Dense", "Dense");
        }

        if (options.Normalize)
        {
            Add($"{modules.Count}_Normalize", "Normalize");
        }

        return modules;

        // Cast to a node, because the generic overload needs code that is generated at run time.
        void Add(string path, string kind) => modules.Add((JsonNode)new JsonObject
        {
            ["idx"] = modules.Count,
            ["name"] = $"{modules.Count}",
            ["path"] = path,
            ["type"] = $"sentence_transformers.models.{kind}",
        });
    }

    private static JsonObject Pooling(RandomCheckpointOptions options) => new()
    {
        ["word_embedding_dimension"] = options.HiddenSize,
        ["pooling_mode_cls_token"] = false,
        ["pooling_mode_mean_tokens"] = true,
        ["pooling_mode_max_tokens"] = false,
        ["pooling_mode_mean_sqrt_len_tokens"] = false,
    };

    private static JsonObject Dense(RandomCheckpointOptions options, int size) => new()
    {
        ["in_features"] = options.HiddenSize,
        ["out_features"] = size,
        ["bias"] = false,
        ["activation_function"] = "torch.nn.modules.linear.Identity",
    };

    private static void WriteJson(string folder, string name, JsonNode content)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content.ToJsonString());
    }
}
