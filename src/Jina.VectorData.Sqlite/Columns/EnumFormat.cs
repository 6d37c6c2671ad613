using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Jina.VectorData.Sqlite.Columns;

/// <summary>Represents how values of an enum are stored: as their numbers.</summary>
/// <param name="type">The enum.</param>
/// <param name="number">The format of the enum's numbers.</param>
internal sealed class EnumFormat(Type type, ScalarFormat number) : ScalarFormat(type, number.Affinity)
{
    private readonly Type _underlying = type.GetEnumUnderlyingType();

    public override object Encode(object value) => number.Encode(Convert.ChangeType(value, _underlying, null));

    public override object Decode(object stored) => Enum.ToObject(Type, number.Decode(stored));

    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "The app has a property of the type, so its constructor exists.")]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The app has a property of the type, so its constructor exists.")]
    public override object DecodeMany(JsonElement array, Type type)
    {
        var values = type.IsArray
            ? Array.CreateInstanceFromArrayType(type, array.GetArrayLength())
            : (IList)Activator.CreateInstance(type)!;
        var i = 0;
        foreach (var element in array.EnumerateArray())
        {
            var value = Decode(StoredValue(element) ?? 0L);
            if (type.IsArray)
            {
                values[i++] = value;
            }
            else
            {
                values.Add(value);
            }
        }

        return values;
    }
}
