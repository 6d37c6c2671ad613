using CsCheck;
using Jina.Extensions.AI.Int8Weights;

namespace Jina.Extensions.AI.Tests.Int8Weights;

public sealed class RowQuantizerTests
{
    /// <summary>The error of the scale of a row of denormal numbers, which have few digits.</summary>
    private const double Denormal = 127 * float.Epsilon;

    private static readonly Gen<float> Value = Gen.Frequency((8, Gen.Float[-1, 1]), (1, Gen.Const(0f)), (1, Gen.OneOf(-1f, 1f)));

    private static readonly Gen<float> Sizes = Gen.OneOf(0f, 1e-44f, 1e-41f, 1e-37f, 1e-20f, 1f, 1e20f, float.MaxValue);

    private static readonly Gen<(float[] Values, int Columns)> Matrices =
        from columns in Gen.Int[1, 200]
        from rows in Gen.Select(Value.Array[columns], Sizes, (row, size) => Array.ConvertAll(row, x => x * size)).Array[0, 20]
        select (rows.SelectMany(row => row).ToArray(), columns);

    [Fact]
    public void The_error_of_a_value_is_at_most_half_a_step() => Matrices.Sample((values, columns) =>
    {
        var (quantized, scales) = RowQuantizer.Quantize([.. values], columns);

        Assert.Equal(values.Length / columns, scales.Length);
        for (var i = 0; i < values.Length; i++)
        {
            double scale = scales[i / columns];
            Assert.InRange(Math.Abs(values[i] - (scale * quantized[i])), 0, (scale * 0.50001) + Denormal);
        }
    });

    [Fact]
    public void The_largest_value_of_a_row_becomes_the_largest_number() => Gen.Float[0.1f, 10].Array[1, 100].Sample(row =>
        RowQuantizer.Quantize(Array.ConvertAll(row, x => -x), row.Length).Values.Min() == -127);

    [Fact]
    public void A_row_of_zeros_stays_zero_beside_others()
    {
        var (values, scales) = RowQuantizer.Quantize([1, -2, 0, 0, 0, 3], 2);

        Assert.Equal([64, -127, 0, 0, 0, 127], values);
        Assert.Equal([2f / 127, 0, 3f / 127], scales);
    }

    [Fact]
    public void Transposition_turns_rows_into_columns() => Gen.Select(Gen.Int[1, 200], Gen.Int[1, 200]).Sample((rows, columns) =>
    {
        sbyte[] values = [.. Enumerable.Range(0, rows * columns).Select(i => unchecked((sbyte)(i * 31)))];

        var transposed = RowQuantizer.Transpose(values, columns);

        Assert.Equal(values, Enumerable.Range(0, values.Length).Select(i => transposed[(i % columns * rows) + (i / columns)]));
    });
}
