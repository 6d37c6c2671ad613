using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace RagConsole.Passages;

/// <summary>Estimates whether passages are about a question, or only the nearest of passages about something else.</summary>
/// <remarks>
/// The best of N unrelated passages is not far from the others. The cosine similarity of two random vectors of D dimensions has a
/// standard deviation of 1 / sqrt(D), and the maximum of N of them is about sqrt(2 ln N / D). Related passages are further away, or
/// share words with the question. Decision 0062 has the measurements.
/// </remarks>
internal sealed class Relevance(PassageStore store, IEmbeddingGenerator<string, Embedding<float>> generator)
{
    /// <summary>Chosen with the questions in decision 0062.</summary>
    private const double Factor = 1.25;

    /// <summary>Determines whether a question is hardly closer to the passages than to any others in the scope.</summary>
    public async Task<bool> IsDoubtfulAsync(
        string question, IReadOnlyList<Hit> hits, PassageScope scope, CancellationToken cancellationToken)
    {
        var files = scope.Filter(await store.ListFilesAsync(root: null, cancellationToken)).ToList();
        var count = files.Sum(file => file.Passages);
        var filter = scope.CreateFilter(files);
        var vector = await generator.GenerateVectorAsync(question, cancellationToken: cancellationToken);
        if (await ScoreAsync(rank: 0) is not { } best || await ScoreAsync(rank: count / 2) is not { } median)
        {
            return false;
        }

        var distance = (best - median) / (1 - median);
        var ofUnrelated = Math.Sqrt(2 * Math.Log(count) / vector.Length);
        return distance < Factor * ofUnrelated * (1 - ShareOfWords(question, hits));

        async Task<double?> ScoreAsync(int rank) => (await store.Passages
            .SearchAsync(vector, top: 1, new VectorSearchOptions<Passage> { Skip = rank, Filter = filter }, cancellationToken)
            .FirstOrDefaultAsync(cancellationToken))?.Score;
    }

    /// <summary>Returns the share of the longer words of a question that the passages contain.</summary>
    internal static double ShareOfWords(string question, IEnumerable<Hit> hits)
    {
        var words = WordStems.Find(question);
        var found = hits.SelectMany(hit => WordStems.Find(hit.Passage.Text)).ToHashSet();
        return words.Count == 0 ? 0 : (double)words.Count(found.Contains) / words.Count;
    }
}
