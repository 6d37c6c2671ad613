using Jina.Embeddings.AspNetCore.Responses;

namespace Jina.Embeddings.AspNetCore.Tests.Responses;

public sealed class PackedBitsTests
{
    [Fact]
    public void The_first_component_is_the_highest_bit_and_only_more_than_0_is_1() =>
        Assert.Equal([0b1010_0110], PackedBits.Of([1, -1, float.Epsilon, 0, -0f, 2, 3, -4]));

    [Fact]
    public void The_last_byte_is_filled_up_with_0() => Assert.Equal([0xff, 0b1110_0000], PackedBits.Of([.. Enumerable.Repeat(1f, 11)]));

    [Fact]
    public void Nothing_is_no_bytes() => Assert.Empty(PackedBits.Of([]));
}
