using System.Reflection;
using Jina.Extensions.AI;
using Microsoft.Extensions.VectorData;

namespace Jina.SemanticKernel.Tests;

public sealed class DimensionConstantsTests
{
    [Fact]
    public void Dimension_constants_can_be_used_in_an_attribute()
    {
        var attribute = typeof(Note).GetProperty(nameof(Note.Vector))!.GetCustomAttribute<VectorStoreVectorAttribute>()!;

        Assert.Equal(512, attribute.Dimensions);
    }

    private sealed class Note
    {
        [VectorStoreKey]
        public string Id { get; set; } = string.Empty;

        [VectorStoreVector(JinaEmbeddingDimensions.SmallEnV1)]
        public ReadOnlyMemory<float> Vector { get; set; }
    }
}
