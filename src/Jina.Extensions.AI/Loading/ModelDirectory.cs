using System.Security.Cryptography;
using System.Text;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Checkpoints.SentenceTransformers;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Graph;
using Jina.Extensions.AI.Int8Weights;
using Jina.Extensions.AI.Models;
using Jina.Extensions.AI.OnnxExports;

namespace Jina.Extensions.AI.Loading;

/// <summary>Describes a model directory: its settings, and the checkpoint or the ONNX export that runs.</summary>
/// <remarks>
/// The tokenizer, the graph, the identity and <see cref="JinaModelInfo"/> are made from this description. Each settings file is read
/// once, when it is first needed; of weights, only the headers are read. An instance keeps the values and errors of the first read, so
/// create a new one after files have changed. Instances are safe for concurrent use.
/// </remarks>
internal sealed class ModelDirectory
{
    private readonly ModelSettings _settings;
    private readonly Lazy<Encoder> _encoder;
    private readonly Lazy<string> _contentHash;
    private readonly Dictionary<string, FileStamp> _small;

    /// <param name="path">The directory.</param>
    /// <param name="preferOnnxExport">Whether an export runs if the directory has both a checkpoint and an export.</param>
    public ModelDirectory(string path, bool preferOnnxExport = false)
    {
        _settings = new ModelSettings(path);
        _small = Stamp(ModelFiles.Small.Select(file => Path.Combine(Location, file)));
        _encoder = new Lazy<Encoder>(() => FindEncoder(_settings, preferOnnxExport));
        _contentHash = new Lazy<string>(HashContent);
    }

    /// <summary>Gets the absolute path.</summary>
    public string Location => _settings.Location;

    /// <summary>Gets the checkpoint, or <see langword="null"/> if an export runs.</summary>
    /// <exception cref="JinaModelException">The directory has no model, or a file is damaged or not supported.</exception>
    public Checkpoint? Checkpoint => _encoder.Value.Checkpoint;

    /// <summary>Gets the path of the ONNX export, or <see langword="null"/> if the checkpoint runs.</summary>
    /// <exception cref="JinaModelException">The directory has no model, or a file is damaged or not supported.</exception>
    public string? ExportPath => _encoder.Value.ExportPath;

    /// <summary>Gets the steps that follow the encoder.</summary>
    /// <exception cref="JinaModelException">The directory has no model, or a file is damaged or not supported.</exception>
    public SentencePipeline Pipeline => _encoder.Value.Pipeline;

    /// <summary>Gets the length of an embedding if it is known without loading; otherwise, <see langword="null"/>.</summary>
    public int? Dimensions => Checkpoint is null ? null : (int)(Pipeline.Dense?.Shape[0] ?? Checkpoint.Config.HiddenSize);

    /// <summary>Gets a value indicating whether the model has a Dense module that an export without pooling cannot contain.</summary>
    public bool DenseFollowsExport => ExportPath is not null && Pipeline.Dense is not null;

    /// <summary>
    /// Returns the most tokens of a text: the limit in the options, or the model's own limit up to <see cref="ModelSettings.Ceiling"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit in the options is above the model's.</exception>
    public int GetMaxTokens(JinaEmbeddingOptions options)
    {
        if (options.MaxTokens > _settings.DeclaredMaxTokens)
        {
            throw new ArgumentOutOfRangeException(
                null,
                $"{options.KeyPrefix}{nameof(options.MaxTokens)} is {options.MaxTokens}; expected at most {_settings.DeclaredMaxTokens}, "
                + $"the token limit of the model in {Location}. Lower the value, or leave it out to use the model's limit.");
        }

        return options.MaxTokens ?? _settings.MaxTokens;
    }

    /// <summary>Opens the tokenizer. Weights and modules are not read for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The token limit in the options is above the model's.</exception>
    /// <exception cref="JinaModelException">A file that the tokenizer needs is missing, damaged or not supported.</exception>
    public T5Tokenizer OpenTokenizer(JinaEmbeddingOptions options)
    {
        var settings = new T5TokenizerOptions { MaxTokens = GetMaxTokens(options), SpecialTokensAsText = options.SpecialTokensAsText };
        settings.ExtraIds = _settings.ExtraIds ?? settings.ExtraIds;
        return T5Tokenizer.Create(Path.Combine(Location, ModelFileNames.SentencePiece), settings);
    }

    /// <summary>
    /// Returns the graph to load. The graph, and the int8 weights if the precision needs them, are generated first if they are missing.
    /// </summary>
    /// <exception cref="JinaModelException">An ONNX export cannot run in the precision, or the files cannot be written.</exception>
    /// <exception cref="NotSupportedException">The output is tokens, and the model is an ONNX export.</exception>
    public EncoderGraph EnsureGraph(
        string cacheRoot,
        Precision precision = Precision.Fp32,
        IProgress<WeightQuantizationProgress>? progress = null,
        EncoderOutput output = EncoderOutput.Texts)
    {
        if (Checkpoint is { } checkpoint)
        {
            return EncoderGraphFile.Ensure(
                precision == Precision.Int8 ? Int8Checkpoint.Ensure(checkpoint, cacheRoot, progress) : checkpoint, cacheRoot, output);
        }

        if (output == EncoderOutput.Tokens)
        {
            throw new NotSupportedException(
                $"{ExportPath}: Late chunking needs the vectors of single tokens, but this ONNX export is made for whole texts. "
                + "Add the checkpoint's weights to the directory, or embed the chunks as separate texts.");
        }

        return precision == Precision.Fp32
            ? new EncoderGraph(ExportPath!, [])
            : throw new JinaModelException(
                ExportPath!,
                $"An ONNX export runs in its own arithmetic, but {nameof(Precision)}.{precision} needs the checkpoint's weights. "
                + $"Add them to the directory, or leave the precision at {nameof(Precision.Fp32)}.");
    }

    /// <summary>Returns the path of the graph that runs, whether or not it has been generated yet.</summary>
    public string LocateGraph(string cacheRoot) => ExportPath ?? EncoderGraphFile.Locate(Checkpoint!, cacheRoot);

    /// <summary>Returns the files that are read, as relative paths with forward slashes.</summary>
    public IEnumerable<string> ListFiles()
    {
        IEnumerable<string> weights = Checkpoint is { } checkpoint ? checkpoint.WeightFiles : [ExportPath!];
        return ModelFiles.Small
            .Where(file => RegularFile.IsPresent(Path.Combine(Location, file)))
            .Concat(weights.Select(file => Path.GetRelativePath(Location, file).Replace('\\', '/')));
    }

    /// <summary>Checks that the files are still those that this instance describes.</summary>
    /// <exception cref="JinaModelException">A file has changed.</exception>
    public void ThrowIfChanged()
    {
        foreach (var (path, stamp) in _small.Concat(_encoder.Value.Files))
        {
            if (FileStamp.Of(path) is var found && found != stamp)
            {
                throw new JinaModelException(
                    path,
                    $"The file has changed since the model was described: found {found}; {stamp} is expected. "
                    + "If the model is not loaded yet, try again when all files are written. Otherwise, restart the app to load them.");
            }
        }
    }

    /// <summary>
    /// Returns a name for the source of the vectors. Models with the same identity compute the same vectors on every machine.
    /// </summary>
    /// <exception cref="JinaModelException">The directory has no model, or a file cannot be read or has changed.</exception>
    public string GetIdentity(JinaEmbeddingModel model) =>
        model.Repository is { } repository ? $"{repository}@{Path.GetFileName(Location)}" : _contentHash.Value;

    /// <summary>A directory has no revision, and its files can be replaced, so its identity is computed from them.</summary>
    private string HashContent()
    {
        ThrowIfChanged();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in ModelFiles.Small.Select(file => Path.Combine(Location, file)).Where(RegularFile.IsPresent))
        {
            hash.AppendData(HashFile(path));
        }

        hash.AppendData(
            Checkpoint is { } checkpoint ? Encoding.ASCII.GetBytes(WeightFingerprint.Compute(checkpoint)) : HashFile(ExportPath!));

        // Files that were written while they were hashed have a hash that belongs to neither version.
        ThrowIfChanged();
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Dictionary<string, FileStamp> Stamp(IEnumerable<string> paths) => paths.ToDictionary(path => path, FileStamp.Of);

    private static byte[] HashFile(string path) => ModelFileReader.Read(path, static path =>
    {
        using var file = File.OpenRead(path);
        return SHA256.HashData(file);
    });

    private static Encoder FindEncoder(ModelSettings settings, bool preferOnnxExport)
    {
        var runsCheckpoint = Checkpoint.ExistsIn(settings.Location) && !preferOnnxExport;
        if (!runsCheckpoint && OnnxExport.Find(settings.Location) is { } export)
        {
            var pipeline = SentencePipelineReader.Read(settings, settings.Config?.PositiveInteger("d_model"));
            return new Encoder(null, export, pipeline, Stamp([export]));
        }

        var checkpoint = Checkpoint.Open(settings);
        return new Encoder(checkpoint, null, checkpoint.Pipeline, Stamp(checkpoint.WeightFiles));
    }

    private sealed record Encoder(
        Checkpoint? Checkpoint, string? ExportPath, SentencePipeline Pipeline, Dictionary<string, FileStamp> Files);
}
