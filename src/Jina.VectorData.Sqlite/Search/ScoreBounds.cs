using Jina.VectorData.Sqlite.Quantization;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Bounds a score by the range of a dot product. Scores of distances are negated, so that higher ones are always better.</summary>
/// <remarks>A bound that is not a number proves nothing. <see cref="CanReach"/> is called for each row, so it is cheap.</remarks>
internal abstract class ScoreBounds
{
    /// <summary>Determines whether the score can be as good as another one.</summary>
    public abstract bool CanReach(in DotRange dot, double score);

    /// <summary>Returns the worst score that is possible.</summary>
    public abstract double Worst(in DotRange dot);
}

/// <summary>Bounds the dot product.</summary>
internal sealed class DotBounds : ScoreBounds
{
    public override bool CanReach(in DotRange dot, double score) => !(dot.Value + dot.Error < score);

    public override double Worst(in DotRange dot) => dot.Value - dot.Error;
}

/// <summary>Bounds the cosine minus a constant.</summary>
/// <param name="constant">0 for the cosine similarity, 1 for the negated cosine distance.</param>
internal sealed class CosineBounds(double constant) : ScoreBounds
{
    public override bool CanReach(in DotRange dot, double score) =>
        !(dot.Value + dot.Error < (score + constant) * dot.QueryNorm * dot.StoredNorm);

    public override double Worst(in DotRange dot)
    {
        // The norm of a vector with tiny components can be 0 as a float. Its cosine is then 0, too.
        var norms = dot.QueryNorm * dot.StoredNorm;
        return (norms == 0 ? 0 : (dot.Value - dot.Error) / norms) - constant;
    }
}

/// <summary>Bounds the negated squared distance, 2qx - |q|² - |x|².</summary>
internal sealed class SquaredBounds : ScoreBounds
{
    public override bool CanReach(in DotRange dot, double score) => !(Bound(dot, 1) < score);

    public override double Worst(in DotRange dot) => Bound(dot, -1);

    /// <param name="dot">The dot product and the norms.</param>
    /// <param name="side">1 for the best possible score, -1 for the worst.</param>
    public static double Bound(in DotRange dot, int side)
    {
        var squares = (dot.QueryNorm * dot.QueryNorm) + (dot.StoredNorm * dot.StoredNorm);
        return (2 * dot.Value) - squares + (side * ((2 * dot.Error) + (2 * dot.Rounding * squares)));
    }
}

/// <summary>Bounds the negated distance.</summary>
internal sealed class EuclideanBounds : ScoreBounds
{
    public override bool CanReach(in DotRange dot, double score) => !(SquaredBounds.Bound(dot, 1) < -(score * score));

    public override double Worst(in DotRange dot) => -Math.Sqrt(Math.Max(0, -SquaredBounds.Bound(dot, -1)));
}
