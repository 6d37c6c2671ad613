namespace Jina.Extensions.AI.Checkpoints.SentenceTransformers;

/// <summary>Finds the longest input of a model: the first of the files that say it.</summary>
internal static class TokenLimit
{
    private const int Default = 512;

    // transformers writes 1e30 for "no limit"; nothing over this is a limit that a T5 encoder was trained with.
    private const int LargestSane = 1 << 20;

    public static int Read(string folder, JsonFile? config)
    {
        var sentence = JsonFile.OpenIfPresent(Path.Combine(folder, "sentence_bert_config.json"));
        if (sentence?.Flag("do_lower_case") == true)
        {
            throw new JinaModelException(
                sentence.Path, "do_lower_case is true, but T5 models are cased; false is expected. Correct the file or choose another model.");
        }

        if (sentence?.PositiveInteger("max_seq_length") is { } stated)
        {
            return stated;
        }

        var tokenizer = JsonFile.OpenIfPresent(Path.Combine(folder, "tokenizer_config.json"));
        return tokenizer?.Number("model_max_length") is { } length and >= 1 and <= LargestSane
            ? (int)length
            : config?.PositiveInteger("n_positions") ?? Default;
    }
}
