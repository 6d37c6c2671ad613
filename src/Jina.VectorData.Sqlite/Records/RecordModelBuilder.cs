using System.Diagnostics.CodeAnalysis;
using Jina.VectorData.Sqlite.Columns;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Records;

/// <summary>Builds the model of a collection's records, and defines which property types are supported.</summary>
internal sealed class RecordModelBuilder() : CollectionModelBuilder(Features)
{
    public const string VectorTypes = "ReadOnlyMemory<float>, Embedding<float>, float[]";

    private const string KeyTypes = "string, Guid, int, long, and the other integer types";

    private static readonly CollectionModelBuildingOptions Features = new()
    {
        RequiresAtLeastOneVector = false,
        SupportsMultipleVectors = true,
    };

    protected override bool SupportsKeyAutoGeneration(Type keyPropertyType) =>
        keyPropertyType == typeof(Guid) || keyPropertyType == typeof(int) || keyPropertyType == typeof(long);

    protected override void ValidateKeyProperty(KeyPropertyModel keyProperty)
    {
        base.ValidateKeyProperty(keyProperty);
        var type = keyProperty.Type;
        if (type != typeof(string) && type != typeof(Guid) && !IsInteger(type))
        {
            throw new NotSupportedException(
                $"The key property '{keyProperty.ModelName}' has the type {type.Name}. Supported key types are {KeyTypes}.");
        }
    }

    protected override bool IsDataPropertyTypeValid(Type type, [NotNullWhen(false)] out string? supportedTypes)
    {
        supportedTypes = $"{ScalarFormat.TypeNames}, and arrays and lists of them";
        return ColumnFormat.TryGet(type, out _);
    }

    protected override bool IsVectorPropertyTypeValid(Type type, [NotNullWhen(false)] out string? supportedTypes)
    {
        supportedTypes = VectorTypes;
        return type == typeof(ReadOnlyMemory<float>)
            || type == typeof(ReadOnlyMemory<float>?)
            || type == typeof(Embedding<float>)
            || type == typeof(float[]);
    }

    private static bool IsInteger(Type type) =>
        ScalarFormat.TryGet(type, out var format) && format.Affinity == "INTEGER" && type.IsPrimitive && type != typeof(bool);
}
