namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>A model with published scores.</summary>
/// <remarks>
/// Card: the table in the README of https://huggingface.co/jinaai/jina-embedding-s-en-v1 and its siblings as it was first published,
/// rounded to three digits and of earlier weights; the only scores of l. MTEB: main_score in
/// https://github.com/embeddings-benchmark/results/tree/f4cc6c8b365a3c779dbc708d6affe0b0355b2ddf/results/jinaai__jina-embedding-s-en-v1/external
/// and jinaai__jina-embedding-b-en-v1/external, rounded to five.
/// </remarks>
internal sealed class PublishedModel
{
    private readonly Dictionary<string, PublishedScore> _scores = [];

    private PublishedModel(string letter, double[] card, double[]? mteb = null, double[]? more = null)
    {
        Letter = letter;
        foreach (var (i, task) in SeedTasks.Index())
        {
            _scores.Add(task, new PublishedScore(card[i], mteb?[i]));
        }

        foreach (var (i, task) in MoreTasks.Index())
        {
            _scores.Add(task, new PublishedScore(null, more?[i]));
        }
    }

    /// <summary>Gets the tasks of the older card, in its order.</summary>
    public static IReadOnlyList<string> SeedTasks { get; } = ["sts12", "sts13", "sts14", "sts15", "sts16", "sts17", "trec-covid", "quora", "scifact"];

    /// <summary>The others that MTEB has results of; it stands before what is made from it.</summary>
    private static IReadOnlyList<string> MoreTasks { get; } = ["stsb-test", "sick-r", "askubuntu-dup", "stackoverflow-dup"];

    public static IReadOnlyList<PublishedModel> All { get; } =
    [
        new("s", [.736, .78, .745, .84, .79, .868, .484, .856, .606], [.74277, .78554, .73843, .83714, .80026, .8749, .52303, .85693, .52399], [.79195, .76331, .60249, .47176]),
        new("b", [.74, .792, .752, .851, .801, .88, .505, .871, .64], [.75061, .80859, .76129, .85554, .81209, .88976, .60571, .87634, .59395], [.82571, .79138, .62403, .50111]),
        new("l", [.736, .832, .762, .846, .805, .885, .477, .876, .65]),
    ];

    /// <summary>Gets the letter that names its size.</summary>
    public string Letter { get; }

    public string Name => $"jina-embedding-{Letter}-en-v1";

    /// <summary>Finds the model that has this name, or stands in a folder of this name.</summary>
    public static PublishedModel? Of(string modelName) => All.FirstOrDefault(model => modelName.Contains(model.Name, StringComparison.OrdinalIgnoreCase));

    public PublishedScore Score(string task) => _scores.GetValueOrDefault(task);
}
