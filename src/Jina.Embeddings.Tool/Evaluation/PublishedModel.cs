namespace Jina.Embeddings.Tool.Evaluation;

/// <summary>Represents a model with published scores.</summary>
/// <remarks>
/// Card: the table in the README of https://huggingface.co/jinaai/jina-embedding-s-en-v1 and its siblings as first published, rounded
/// to three digits and of earlier weights. l has no other published scores. MTEB: main_score in
/// https://github.com/embeddings-benchmark/results/tree/f4cc6c8b365a3c779dbc708d6affe0b0355b2ddf/results,
/// jinaai__jina-embedding-s-en-v1/external and jinaai__jina-embedding-b-en-v1/external, rounded to five.
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

    /// <summary>Gets the tasks of the first card, in its order.</summary>
    public static IReadOnlyList<string> SeedTasks { get; } =
        ["sts12", "sts13", "sts14", "sts15", "sts16", "sts17", "trec-covid", "quora", "scifact"];

    /// <summary>Gets the other tasks with results in MTEB. It is initialized before <see cref="All"/>, which uses it.</summary>
    private static IReadOnlyList<string> MoreTasks { get; } = ["stsb-test", "sick-r", "askubuntu-dup", "stackoverflow-dup"];

    public static IReadOnlyList<PublishedModel> All { get; } =
    [
        new(
            "s",
            [.736, .78, .745, .84, .79, .868, .484, .856, .606],
            [.74277, .78554, .73843, .83714, .80026, .8749, .52303, .85693, .52399],
            [.79195, .76331, .60249, .47176]),
        new(
            "b",
            [.74, .792, .752, .851, .801, .88, .505, .871, .64],
            [.75061, .80859, .76129, .85554, .81209, .88976, .60571, .87634, .59395],
            [.82571, .79138, .62403, .50111]),
        new("l", [.736, .832, .762, .846, .805, .885, .477, .876, .65]),
    ];

    /// <summary>Gets the letter of its size.</summary>
    public string Letter { get; }

    public string Name => $"jina-embedding-{Letter}-en-v1";

    /// <summary>Returns the model whose name is part of this name, or null if no model matches.</summary>
    public static PublishedModel? Find(string modelName) =>
        All.FirstOrDefault(model => modelName.Contains(model.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the model with the letter of a size, ignoring case; or null.</summary>
    public static PublishedModel? FindByLetter(string letter) =>
        All.FirstOrDefault(model => model.Letter.Equals(letter, StringComparison.OrdinalIgnoreCase));

    public PublishedScore Score(string task) => _scores.GetValueOrDefault(task);
}

/// <summary>Represents the published scores of a model in a task, from 0 to 1. A score that was not published is null.</summary>
/// <param name="Card">The score on the models' first card, of earlier weights.</param>
/// <param name="Mteb">The score in MTEB's results, of the final weights.</param>
internal readonly record struct PublishedScore(double? Card, double? Mteb);
