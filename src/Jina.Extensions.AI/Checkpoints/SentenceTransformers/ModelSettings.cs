using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Checkpoints.SentenceTransformers;

/// <summary>
/// Reads the settings of a model directory: config.json, sentence_bert_config.json and tokenizer_config.json. Each file is read at
/// most once, when it is first needed. Safe for concurrent use.
/// </summary>
internal sealed class ModelSettings
{
    /// <summary>
    /// The most tokens of a text by default, whatever the files declare. The memory and the time of attention grow with the square of the
    /// tokens: at this number, one layer of the large model takes about 270 MB per text for its scores. T5 was trained on 512 tokens.
    /// </summary>
    public const int Ceiling = 2048;

    private const int DefaultMaxTokens = 512;

    // transformers writes 1e30 for "no limit". A T5 encoder was not trained with a limit above this one.
    private const int LargestMaxTokens = 1 << 20;

    private const int MostExtraIds = 100_000;

    private readonly Lazy<JsonFile?> _config;
    private readonly Lazy<JsonFile?> _sentenceConfig;
    private readonly Lazy<JsonFile?> _tokenizerConfig;

    public ModelSettings(string directory)
    {
        Location = Path.GetFullPath(directory);
        _config = ReadOnce(ModelFileNames.Config);
        _sentenceConfig = ReadOnce(ModelFileNames.SentenceBertConfig);
        _tokenizerConfig = ReadOnce(ModelFileNames.TokenizerConfig);
    }

    /// <summary>Gets the absolute path of the directory.</summary>
    public string Location { get; }

    /// <summary>Gets config.json, or <see langword="null"/> if it is missing.</summary>
    public JsonFile? Config => _config.Value;

    /// <summary>Gets the limit of tokens per text that applies by default.</summary>
    /// <exception cref="JinaModelException">A file is damaged, or the model lowercases texts.</exception>
    public int MaxTokens => Math.Min(DeclaredMaxTokens, Ceiling);

    /// <summary>
    /// Gets the model's own limit of tokens per text, from the first file that has one. Above the ceiling, only an option allows it.
    /// </summary>
    /// <exception cref="JinaModelException">A file is damaged, or the model lowercases texts.</exception>
    public int DeclaredMaxTokens
    {
        get
        {
            var sentence = _sentenceConfig.Value;
            if (sentence?.Flag("do_lower_case") == true)
            {
                throw new JinaModelException(
                    sentence.Path,
                    "do_lower_case is true, but T5 models are cased; false is expected. Correct the file or choose another model.");
            }

            if (sentence?.PositiveInteger("max_seq_length") is { } stated)
            {
                return stated;
            }

            return _tokenizerConfig.Value?.Number("model_max_length") is { } length and >= 1 and <= LargestMaxTokens
                ? (int)length
                : Config?.PositiveInteger("n_positions") ?? DefaultMaxTokens;
        }
    }

    /// <summary>
    /// Gets the number of extra IDs behind the vocabulary, or <see langword="null"/> if tokenizer_config.json does not contain it.
    /// </summary>
    /// <exception cref="JinaModelException">The file is damaged, or the number is out of range.</exception>
    public int? ExtraIds
    {
        get
        {
            var config = _tokenizerConfig.Value;
            return config?.Number("extra_ids") switch
            {
                null => null,
                >= 0 and <= MostExtraIds and var count when double.IsInteger(count) => (int)count,
                var other => throw new JinaModelException(
                    config.Path,
                    $"extra_ids is {other}; a whole number from 0 to {MostExtraIds} is expected (T5 has 100). Correct the file or "
                    + "download it again."),
            };
        }
    }

    /// <summary>Returns config.json.</summary>
    /// <exception cref="JinaModelException">The file is missing or damaged.</exception>
    public JsonFile RequireConfig() => Config ?? JsonFile.Open(Path.Combine(Location, ModelFileNames.Config));

    private Lazy<JsonFile?> ReadOnce(string name) => new(() => JsonFile.OpenIfPresent(Path.Combine(Location, name)));
}
