using Jina.Embeddings.Tool.Commands;
using Jina.Embeddings.Tool.Evaluation;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Writes scores, for a human or as one JSON object.</summary>
/// <param name="model">The model's name.</param>
/// <param name="precision">Its arithmetic.</param>
/// <param name="published">The model whose published scores stand beside; null for none.</param>
/// <param name="json">Whether JSON is wanted.</param>
internal sealed class EvalOutput(string model, Precision precision, PublishedModel? published, bool json)
{
    private readonly string _precision = PrecisionOption.NameOf(precision);

    public void Write(EvalScores scores)
    {
        if (json)
        {
            EvalJson.Write(scores);
        }
        else
        {
            EvalTables.Write(scores, $"{scores.Task.Name}: {model}, {_precision}", published);
        }
    }

    public void Write(IReadOnlyList<SeedRow> rows, PublishedModel beside)
    {
        if (json)
        {
            EvalJson.Write(rows, model, _precision, beside);
        }
        else
        {
            EvalTables.Write(rows, model, _precision, beside);
        }
    }
}
