using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Jina.Embeddings.Tool.Commands;
using Jina.Evaluation.Datasets;

namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>
/// Embeds a corpus into a file, in the corpus' order. The file's folder is named by all that the vectors depend on, so whoever comes
/// next, after a Ctrl+C or a kill, goes on behind the last one.
/// </summary>
internal static class CorpusVectors
{
    private const string VectorsName = "vectors.f32";
    private const string AboutName = "about.json";
    private const int NameLength = 16;

    /// <summary>Returns the vectors of all documents.</summary>
    public static async Task<VectorFile> MakeAsync(string task, BeirFolder corpus, EvalModel model, int dimensions, CancellationToken cancellationToken)
    {
        var (identity, hash) = (await model.IdentityAsync(cancellationToken), await HashAsync(corpus.CorpusPath, cancellationToken));
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{identity}\n{model.Precision}\n{dimensions}\n{hash}")))[..NameLength];
        var folder = Directory.CreateDirectory(Path.Combine(model.WorkFolder, $"{task}-{key}")).FullName;
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

    /// <summary>For people: the key above is a hash.</summary>
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
