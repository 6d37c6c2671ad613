using System.Globalization;
using Xunit;

namespace Jina.Testing;

/// <summary>How far two vectors may be apart: the largest difference, relative to the expected vector's largest component.</summary>
public readonly record struct Tolerance(double Relative)
{
    /// <summary>Single precision against a double-precision reference.</summary>
    public static Tolerance Reference { get; } = new(1e-5);

    /// <summary>The same text by another way through the same model.</summary>
    public static Tolerance SameModel { get; } = new(1e-6);

    /// <summary>Fails unless the vectors are equal within the tolerance.</summary>
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

        Assert.True(
            difference <= Relative * largest,
            string.Create(CultureInfo.InvariantCulture, $"Largest difference {difference / largest:E2} of the largest component; allowed {Relative:E0}."));
    }

    /// <summary>Fails unless the vectors are equal within the tolerance.</summary>
    public void AssertEqual(ReadOnlyMemory<float> expected, ReadOnlyMemory<float> actual) =>
        AssertEqual(Array.ConvertAll(expected.ToArray(), static x => (double)x), actual.Span);
}
