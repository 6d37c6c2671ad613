using CsCheck;
using Jina.Extensions.AI.Caching;

namespace Jina.Extensions.AI.Tests.Caching;

public sealed class CachedVectorTests
{
    [Fact]
    public void A_written_entry_is_read_back() =>
        Gen.Select(Gen.Float.Array[1, 600].Where(IsValid), Gen.Int[1, 512], Gen.Bool).Sample((vector, tokens, truncated) =>
        {
            var bytes = new CachedVector(vector, tokens, truncated).ToBytes();

            var read = CachedVector.FromBytes(bytes)!.Value;

            Assert.Equal(10 + (4 * vector.Length), bytes.Length);
            Assert.Equal(vector.Select(BitConverter.SingleToInt32Bits), read.Vector.ToArray().Select(BitConverter.SingleToInt32Bits));
            Assert.Equal((tokens, truncated), (read.Tokens, read.Truncated));
        });

    [Fact]
    public void Other_bytes_are_not_read_as_an_entry() =>
        Gen.Byte.Array[0, 64].Sample(bytes => Assert.True(CachedVector.FromBytes(bytes) is null || IsWhole(bytes)));

    [Theory]
    [InlineData(1f, float.NaN, 2f)]
    [InlineData(float.PositiveInfinity, 0f)]
    [InlineData(0f, 0f)]
    public void A_vector_that_no_model_returns_is_not_read_as_an_entry(params float[] vector) =>
        Assert.Null(CachedVector.FromBytes(new CachedVector(vector, 5, Truncated: false).ToBytes()));

    [Fact]
    public void A_part_of_an_entry_is_not_read_as_an_entry()
    {
        var bytes = new CachedVector(new float[] { 1, 2, 3 }, 5, Truncated: false).ToBytes();

        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.Null(CachedVector.FromBytes(bytes.AsSpan(0, length))));
        Assert.Null(CachedVector.FromBytes([.. bytes, 0]));
    }

    private static bool IsValid(float[] vector) => vector.All(float.IsFinite) && vector.Any(component => component != 0);

    private static bool IsWhole(byte[] bytes) => bytes[0] == 1 && bytes.Length == 10 + (4 * BitConverter.ToInt32(bytes, 6));
}
