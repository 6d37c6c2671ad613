using System.Globalization;
using Xunit;

namespace Jina.Testing;

/// <summary>
/// Represents the allowed difference of two vectors: the largest difference, relative to the largest component of the expected
/// vector.
/// </summary>
public readonly record struct Tolerance(double Relative)
{
    /// <summary>Gets the tolerance of single precision compared with a double-precision reference.</summary>
    public static Tolerance Reference { get; } = new(1e-5);

    /// <summary>Gets the tolerance for the same text and model on another code path.</summary>
    public static Tolerance SameModel { get; } = new(1e-6);

    /// <summary>Asserts that the vectors are equal within the tolerance.</summary>
    public void AssertEqual(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = 0;
        double difference = 0;
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i]));
            difference = Math.Max(difference, Math.Abs(expected[i] - actual[i]));
        }

        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"The largest difference is {difference / largest:E2} of the largest component; expected at most {Relative:E0}.");
        Assert.True(difference <= Relative * largest, message);
    }

    /// <summary>Asserts that the vectors are equal within the tolerance.</summary>
    public void AssertEqual(ReadOnlyMemory<float> expected, ReadOnlyMemory<float> actual) =>
        AssertEqual(Array.ConvertAll(expected.ToArray(), static x => (double)x), actual.Span);
}
