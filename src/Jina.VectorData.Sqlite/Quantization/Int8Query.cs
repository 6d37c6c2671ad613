using System.Numerics.Tensors;

namespace Jina.VectorData.Sqlite.Quantization;

/// <summary>Represents a query with 13 bits per component, and bounds its dot products with vectors by their codes.</summary>
internal sealed class Int8Query
{
    private readonly short[] _components;
    private readonly double _scale;
    private readonly double _errorPerError;
    private readonly double _errorPerNorm;

    private Int8Query(ReadOnlySpan<float> vector, float norm)
    {
        _components = new short[vector.Length];
        _scale = Math.Abs(TensorPrimitives.MaxMagnitude(vector)) / (double)Int8Kernel.MaxQuery;
        var squares = 0.0;
        for (var i = 0; i < vector.Length; i++)
        {
            var rounded = Math.Clamp(Math.Round(vector[i] / _scale), -Int8Kernel.MaxQuery, Int8Kernel.MaxQuery);
            var rest = vector[i] - (rounded * _scale);
            _components[i] = (short)rounded;
            squares += rest * rest;
        }

        // A sum of n float products is wrong by at most n * 2^-24 of the norms, in any order; the rest covers norms and roots.
        Rounding = (vector.Length + 16) * Math.Pow(2, -22);
        Norm = norm;
        var error = Math.Sqrt(squares);
        _errorPerError = norm + error;
        _errorPerNorm = error + (Rounding * norm);
    }

    public double Norm { get; }

    /// <summary>Gets the largest rounding error of a score, relative to the product of the norms.</summary>
    public double Rounding { get; }

    /// <summary>Creates a query, or returns <see langword="null"/> if its norm is too large, too small or zero for bounds.</summary>
    public static Int8Query? TryCreate(ReadOnlySpan<float> vector)
    {
        var norm = TensorPrimitives.Norm(vector);
        return Int8Code.IsOrdinary(norm) ? new Int8Query(vector, norm) : null;
    }

    /// <summary>Returns the range of a dot product, including the rounding of its computation in floats.</summary>
    /// <remarks>
    /// With the rounded query p and vector y: qx = py + q(x - y) + (q - p)y. By Cauchy-Schwarz, the error is at most
    /// |q||x - y| + |q - p||y|, and |y| is at most |x| + |x - y|.
    /// </remarks>
    public DotRange Compare(Int8Code code) => new(
        _scale * code.Scale * Int8Kernel.Dot(code.Components, _components),
        (_errorPerError * code.Error) + (_errorPerNorm * code.Norm),
        Norm,
        code.Norm,
        Rounding);
}

/// <summary>Represents a dot product up to an error, and the norms of both vectors.</summary>
internal readonly record struct DotRange(double Value, double Error, double QueryNorm, double StoredNorm, double Rounding);
