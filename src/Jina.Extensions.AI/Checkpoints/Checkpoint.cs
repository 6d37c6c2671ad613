using Jina.Extensions.AI.Checkpoints.SentenceTransformers;
using Jina.Extensions.AI.Checkpoints.T5;

namespace Jina.Extensions.AI.Checkpoints;

/// <summary>A published model folder, understood but not loaded.</summary>
/// <param name="Folder">The absolute path of the folder.</param>
/// <param name="Config">The encoder's numbers, already checked against the shapes of <paramref name="Tensors"/>.</param>
/// <param name="Pipeline">What follows the encoder.</param>
/// <param name="Tensors">
/// The weights by state-dict name. Those of <see cref="T5WeightNames"/> are all there, with the shapes that
/// <paramref name="Config"/> implies; others (a decoder's) may be among them and are ignored.
/// </param>
internal sealed record Checkpoint(
    string Folder,
    T5Config Config,
    SentencePipeline Pipeline,
    IReadOnlyDictionary<string, TensorEntry> Tensors)
{
    /// <summary>The file that states the architecture and its sizes.</summary>
    public const string ConfigName = "config.json";

    /// <summary>Gets the token embedding table [vocabulary, hidden].</summary>
    public TensorEntry Embedding => Tensors[T5WeightNames.Embedding];

    /// <summary>Returns whether the folder holds a config and weights, sound or not.</summary>
    public static bool ExistsIn(string folder) => File.Exists(Path.Combine(folder, ConfigName)) && WeightFiles.ExistIn(folder);

    /// <summary>Reads the folder's JSON files and the headers of its weight files; no weight is read.</summary>
    /// <exception cref="JinaModelException">A file is missing, damaged, or describes what this library does not run.</exception>
    public static Checkpoint Open(string folder)
    {
        folder = Path.GetFullPath(folder);
        if (!Directory.Exists(folder))
        {
            throw new JinaModelException(folder, "there is no such folder. Give the folder that holds config.json and the weights.");
        }

        var json = JsonFile.Open(Path.Combine(folder, ConfigName));
        T5Architecture.RefuseOthers(json);
        var weights = T5Architecture.FindEncoder(WeightFiles.Open(folder), json);
        var config = T5ConfigReader.Read(json, weights);
        T5WeightShapes.Check(config, weights);
        return new Checkpoint(folder, config, SentencePipelineReader.Read(folder, json, config.HiddenSize), weights.Tensors);
    }
}
