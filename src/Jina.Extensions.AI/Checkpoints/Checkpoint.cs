using Jina.Extensions.AI.Checkpoints.SentenceTransformers;
using Jina.Extensions.AI.Checkpoints.T5;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Checkpoints;

/// <summary>Represents a published checkpoint whose headers have been read and checked. Its weights are not loaded.</summary>
/// <param name="Folder">The absolute path of the folder.</param>
/// <param name="Config">The encoder's sizes, already checked against the shapes of <paramref name="Tensors"/>.</param>
/// <param name="Pipeline">The steps that follow the encoder.</param>
/// <param name="Tensors">
/// The weights by state-dict name. All weights of <see cref="T5WeightNames"/> are present, with the shapes that
/// <paramref name="Config"/> implies. Other weights, such as a decoder's, can be present and are ignored.
/// </param>
internal sealed record Checkpoint(
    string Folder,
    T5Config Config,
    SentencePipeline Pipeline,
    IReadOnlyDictionary<string, TensorEntry> Tensors)
{
    /// <summary>Gets the token embedding table [vocabulary, hidden].</summary>
    public TensorEntry Embedding => Tensors[T5WeightNames.Embedding];

    /// <summary>Gets all weights, including the Dense module's.</summary>
    public IEnumerable<TensorEntry> AllWeights => Tensors.Values.Append(Pipeline.Dense).OfType<TensorEntry>();

    /// <summary>Gets the paths of the files that contain the weights, in ordinal order.</summary>
    public IReadOnlyList<string> WeightFiles =>
        [.. AllWeights.Select(tensor => tensor.File).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Determines whether a folder has a config and weights, whether or not they are valid.</summary>
    public static bool ExistsIn(string folder) =>
        RegularFile.IsPresent(Path.Combine(folder, ModelFileNames.Config)) && Weights.WeightFiles.ExistIn(folder);

    /// <summary>Reads the JSON files of a folder and the headers of its weight files. The weights themselves are not read.</summary>
    /// <exception cref="JinaModelException">
    /// A file is missing, damaged, or describes a model that this library does not support.
    /// </exception>
    public static Checkpoint Open(string folder) => Open(new ModelSettings(folder));

    /// <inheritdoc cref="Open(string)"/>
    public static Checkpoint Open(ModelSettings settings)
    {
        if (!Directory.Exists(settings.Location))
        {
            throw new JinaModelException(
                settings.Location, "The folder does not exist. Use the folder that has config.json and the weights.");
        }

        var config = settings.RequireConfig();
        T5Architecture.RejectOthers(config);
        var weights = T5Architecture.FindEncoder(Weights.WeightFiles.Open(settings.Location), config);
        var sizes = T5ConfigReader.Read(config, weights);
        T5WeightShapes.Check(sizes, weights);
        return new Checkpoint(settings.Location, sizes, SentencePipelineReader.Read(settings, sizes.HiddenSize), weights.Tensors);
    }
}
