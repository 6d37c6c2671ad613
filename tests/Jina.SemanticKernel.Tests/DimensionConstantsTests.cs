using Jina.Extensions.AI;
using Jina.SemanticKernel.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace Jina.SemanticKernel.Tests;

public sealed class DimensionConstantsTests
{
    [Fact]
    public void Dimensions_can_stand_in_an_attribute()
    {
        var attribute = typeof(Note).GetProperty(nameof(Note.Vector))!.GetCustomAttributes(typeof(VectorStoreVectorAttribute), false).Single();

        Assert.Equal(512, ((VectorStoreVectorAttribute)attribute).Dimensions);
    }

    private sealed class Note
    {
        [VectorStoreKey]
        public string Id { get; set; } = string.Empty;

        [VectorStoreVector(JinaEmbeddingDimensions.SmallEnV1)]
        public ReadOnlyMemory<float> Vector { get; set; }
    }
}
