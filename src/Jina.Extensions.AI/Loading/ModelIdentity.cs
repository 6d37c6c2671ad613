using System.Security.Cryptography;
using System.Text;
using Jina.Extensions.AI.Checkpoints;
using Jina.Extensions.AI.Int8Weights;
using Jina.Extensions.AI.Models;

namespace Jina.Extensions.AI.Loading;

/// <summary>A name for what a model's vectors come from: two models of one name give the same vectors, on any machine.</summary>
internal static class ModelIdentity
{
    /// <param name="model">The model.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="preferOnnxExport">Whether an export is run where the folder holds both.</param>
    /// <exception cref="JinaModelException">The folder holds no model, or a file of it cannot be read.</exception>
    public static string Of(JinaEmbeddingModel model, string folder, bool preferOnnxExport) =>
        model.Repository is { } repository ? $"{repository}@{Path.GetFileName(folder)}" : OfContent(folder, preferOnnxExport);

    /// <summary>A folder has no revision, and may hold another model tomorrow.</summary>
    private static string OfContent(string folder, bool preferOnnxExport)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in ModelFiles.Small.Select(file => Path.Combine(folder, file.Path)).Where(File.Exists))
        {
            hash.AppendData(HashOf(path));
        }

        var contents = ModelFolder.Open(folder, preferOnnxExport);
        if (contents.Checkpoint is { } checkpoint)
        {
            hash.AppendData(Encoding.ASCII.GetBytes(WeightFingerprint.Of(checkpoint)));
        }
        else
        {
            hash.AppendData(HashOf(contents.ExportPath!));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] HashOf(string path) => ModelFileReader.Read(path, static path =>
    {
        using var file = File.OpenRead(path);
        return SHA256.HashData(file);
    });
}
