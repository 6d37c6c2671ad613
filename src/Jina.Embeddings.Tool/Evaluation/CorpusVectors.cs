using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Jina.Embeddings.Tool.Commands;
using Jina.Evaluation.Datasets;

namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>
/// Embeds a corpus into a file, in the order of the corpus. The folder's name is a hash of everything that the vectors depend on,
/// so a later run resumes after the last vector of an interrupted one.
/// </summary>
internal static class CorpusVectors
{
    private const string VectorsName = "vectors.f32";
    private const string AboutName = "about.json";
    private const int NameLength = 16;

    /// <summary>Returns the vectors of all documents.</summary>
    public static async Task<VectorFile> EmbedAsync(
        string task, BeirFolder corpus, EvalModel model, int dimensions, CancellationToken cancellationToken)
    {
        var identity = await model.IdentityAsync(cancellationToken);
        var hash = await HashAsync(corpus.CorpusPath, cancellationToken);
        var key = Encoding.UTF8.GetBytes($"{identity}\n{model.Precision}\n{dimensions}\n{hash}");
        var name = $"{task}-{Convert.ToHexStringLower(SHA256.HashData(key))[..NameLength]}";
        var folder = Directory.CreateDirectory(Path.Combine(model.WorkFolder, name)).FullName;
        var vectors = new VectorFile(Path.Combine(folder, VectorsName), dimensions);
        try
        {
            WriteAbout(Path.Combine(folder, AboutName), identity, PrecisionOption.NameOf(model.Precision), dimensions, hash);
            var missing = corpus.Documents().Skip((int)vectors.Count).Select(document => document.TitleAndText);
            await foreach (var vector in model.EmbedAsync(missing, cancellationToken))
            {
                vectors.Append(vector.Span);
            }

            return vectors;
        }
        catch
        {
            vectors.Dispose();
            throw;
        }
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    /// <summary>Writes a readable description of the vectors, because the folder's name is a hash.</summary>
    private static void WriteAbout(string path, string model, string precision, int dimensions, string corpus)
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("model", model);
        json.WriteString("precision", precision);
        json.WriteNumber("dimensions", dimensions);
        json.WriteString("corpus_sha256", corpus);
        json.WriteString("vectors", $"{VectorsName}: little-endian float32, one vector per line of the corpus");
        json.WriteEndObject();
    }
}
