using System.Numerics.Tensors;
using Jina.VectorData.Sqlite.Quantization;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Represents a search by vector.</summary>
/// <param name="vector">The vector to search for.</param>
/// <param name="distance">The distance function.</param>
/// <param name="count">The maximum number of hits.</param>
/// <param name="threshold">The worst score of a hit; <see langword="null"/> for any score.</param>
internal sealed class VectorQuery(ReadOnlyMemory<float> vector, Distance distance, int count, double? threshold)
{
    private readonly float[] _vector = vector.ToArray();
    private readonly float _norm = TensorPrimitives.Norm(vector.Span);

    /// <summary>Gets the maximum number of hits.</summary>
    public int Count => count;

    public TopHits CreateHits() => new(count, distance.HigherIsBetter, threshold);

    /// <summary>Compares a stored vector with the query.</summary>
    public float Score(ReadOnlySpan<float> stored, float storedNorm) => distance.Score(_vector, _norm, stored, storedNorm);

    /// <summary>Creates the first pass that drops no row of the result.</summary>
    /// <returns><see langword="null"/> if the int8 codes do not bound the scores.</returns>
    public IFirstPass? CreateExactPass()
    {
        var worst = threshold is not { } limit ? double.NegativeInfinity : distance.HigherIsBetter ? limit : -limit;
        return distance.Bounds is { } bounds && Int8Query.TryCreate(_vector) is { } query
            ? new ExactPass(query, bounds, count, worst)
            : null;
    }

    /// <summary>Creates the first pass over signs, which can drop rows of the result.</summary>
    /// <returns><see langword="null"/> if the score does not depend on the angle only, of which signs are an estimate.</returns>
    public IFirstPass? CreateSignPass()
    {
        if (!distance.ComparesAngles)
        {
            return null;
        }

        var code = new byte[Int8Code.Length(_vector.Length)];
        var signs = new byte[SignBits.Length(_vector.Length)];
        Int8Code.Write(id: 0, _vector, code);
        SignBits.Write(new Int8Code(code).Components, signs);
        return new SignPass(signs, SignPass.CandidatesFor(count));
    }
}
