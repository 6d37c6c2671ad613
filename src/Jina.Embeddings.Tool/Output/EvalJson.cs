using System.Text.Json;
using Jina.Embeddings.Tool.Commands;
using Jina.Embeddings.Tool.Evaluation;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Writes scores as one JSON object. docs/cli.md describes its fields. An undefined correlation is null.</summary>
internal static class EvalJson
{
    public static void Write(EvalScores scores) => JsonOutput.WriteObject(json =>
    {
        json.WriteString("task", scores.Task.Name);
        if (scores.Chunks is { } kind)
        {
            json.WriteString("chunks", ChunksOption.NameOf(kind));
        }

        foreach (var (name, value) in scores.Measures)
        {
            Write(json, name, value);
        }

        foreach (var (name, value) in scores.Counts)
        {
            json.WriteNumber(name, value);
        }
    });

    public static void Write(IReadOnlyList<SeedRow> rows, string model, string precision, PublishedModel published) =>
        JsonOutput.WriteObject(json =>
    {
        json.WriteString("task", "seed-table");
        json.WriteString("model", model);
        json.WriteString("precision", precision);
        json.WriteString("published", published.Name);
        json.WriteStartArray("rows");
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("task", row.Task.Name);
            Write(json, "score", row.Score);
            Write(json, "card", row.Published.Card);
            Write(json, "card_difference", row.CardDifference);
            Write(json, "mteb", row.Published.Mteb);
            Write(json, "mteb_difference", row.MtebDifference);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
