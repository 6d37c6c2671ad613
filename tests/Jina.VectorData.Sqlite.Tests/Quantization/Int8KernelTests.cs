using System.Runtime.Intrinsics.X86;
using Jina.VectorData.Sqlite.Quantization;

namespace Jina.VectorData.Sqlite.Tests.Quantization;

/// <summary>Tests that all paths of the kernel compute the same exact number.</summary>
public sealed class Int8KernelTests
{
    public static TheoryData<int> Lengths { get; } = [0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 511, 512, 513, 4095, 4096, 4097, 9000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Random_codes_have_the_same_product_on_every_path(int length)
    {
        var random = new Random(length);
        AssertSame(
            [.. Enumerable.Range(0, length).Select(_ => (sbyte)random.Next(-127, 128))],
            [.. Enumerable.Range(0, length).Select(_ => (short)random.Next(-Int8Kernel.MaxQuery, Int8Kernel.MaxQuery + 1))]);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void The_largest_codes_do_not_overflow(int length)
    {
        AssertSame([.. Enumerable.Repeat((sbyte)127, length)], [.. Enumerable.Repeat((short)Int8Kernel.MaxQuery, length)]);
        AssertSame([.. Enumerable.Repeat((sbyte)-127, length)], [.. Enumerable.Repeat((short)Int8Kernel.MaxQuery, length)]);
    }

    private static void AssertSame(sbyte[] codes, short[] query)
    {
        var expected = codes.Zip(query, (code, other) => (long)code * other).Sum();
        Assert.Equal(expected, Int8Kernel.Dot(codes, query));
        if (codes.Length > 4096)
        {
            return;
        }

        Assert.Equal(expected, Int8Kernel.DotPortable(codes, query));
        Assert.Equal(expected, Int8Kernel.Dot128(codes, query));
        if (Avx2.IsSupported)
        {
            Assert.Equal(expected, Int8Kernel.Dot256(codes, query));
        }

        if (Avx512BW.IsSupported)
        {
            Assert.Equal(expected, Int8Kernel.Dot512(codes, query));
        }
    }
}
