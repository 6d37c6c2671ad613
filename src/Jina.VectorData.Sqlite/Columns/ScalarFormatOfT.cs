using System.Text.Json;

namespace Jina.VectorData.Sqlite.Columns;

/// <inheritdoc/>
internal sealed class ScalarFormat<T>(string affinity, Func<T, object> encode, Func<object, T> decode, string? collation = null)
    : ScalarFormat(typeof(T), affinity, collation)
    where T : notnull
{
    public override object Encode(object value) => encode((T)value);

    public override object Decode(object stored) => decode(stored);

    public override object DecodeMany(JsonElement array, bool asList)
    {
        var values = array.EnumerateArray().Select(element => element.ValueKind == JsonValueKind.Null ? default! : decode(StoredValue(element)));
        return asList ? values.ToList() : values.ToArray();
    }

    private object StoredValue(JsonElement element) => Affinity switch
    {
        "INTEGER" => element.GetInt64(),
        "REAL" => element.GetDouble(),
        _ => element.GetString()!,
    };
}
