using Jina.Extensions.AI.Scheduling;
using Jina.Extensions.AI.Tokenization;

namespace Jina.Extensions.AI.Tests.Scheduling;

/// <summary>Tests the means of chunks whose tokens are in several windows.</summary>
public sealed class ChunkVectorsTests
{
    [Fact]
    public void A_chunk_in_several_windows_has_the_mean_of_all_its_tokens()
    {
        var vectors = new ChunkVectors(new OutputCheck("model", normalize: false));

        vectors.Add([new ChunkSpan(0, 0, 2), new ChunkSpan(1, 2, 5)], [2f, 4f, 9f, 3f]);
        vectors.Add([new ChunkSpan(1, 1, 6)], [7f, 5f]);
        vectors.Add([new ChunkSpan(1, 1, 3), new ChunkSpan(2, 3, 4)], [4f, 2f, 8f, 6f]);

        float[][] expected = [[1f, 2f], [2f, 1f], [8f, 6f]];
        Assert.Equal(expected, vectors.Finish());
    }

    [Fact]
    public void Vectors_are_scaled_to_unit_length_on_request()
    {
        var vectors = new ChunkVectors(new OutputCheck("model", normalize: true));

        vectors.Add([new ChunkSpan(0, 0, 2)], [6f, 8f]);

        float[][] expected = [[0.6f, 0.8f]];
        Assert.Equal(expected, vectors.Finish());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void The_error_of_a_chunk_names_its_index(int bad)
    {
        var vectors = new ChunkVectors(new OutputCheck("model", normalize: true));

        var error = Assert.Throws<JinaModelException>(() =>
        {
            vectors.Add([new ChunkSpan(0, 0, 2), new ChunkSpan(1, 2, 5)], bad == 0 ? [float.NaN, 1f, 1f, 1f] : [1f, 1f, 0f, 0f]);
            vectors.Finish();
        });

        Assert.Contains($"The vector of text {bad} has", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_without_chunks_has_no_vectors() =>
        Assert.Empty(new ChunkVectors(new OutputCheck("model", normalize: true)).Finish());
}
