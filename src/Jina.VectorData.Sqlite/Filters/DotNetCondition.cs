using System.Text;
using Jina.VectorData.Sqlite.Columns;

namespace Jina.VectorData.Sqlite.Filters;

/// <summary>Represents a condition that .NET evaluates for each row, because SQLite would evaluate it differently.</summary>
/// <param name="Text">The condition, for messages.</param>
/// <param name="Columns">The formats of the columns that the condition reads.</param>
/// <param name="Required">The numbers of the columns without whose value .NET always throws.</param>
/// <param name="Predicate">The compiled condition on the values of the columns.</param>
internal sealed record DotNetCondition(
    string Text, IReadOnlyList<ColumnFormat> Columns, IReadOnlyCollection<int> Required, Lazy<Func<object?[], bool>> Predicate)
{
    /// <summary>Evaluates the condition. If .NET throws because a value is missing, the condition is not met.</summary>
    public bool IsMet(ReadOnlySpan<object?> stored)
    {
        // An exception takes 20 times longer than this check.
        foreach (var index in Required)
        {
            if (stored[index] is null)
            {
                return false;
            }
        }

        var values = new object?[stored.Length];
        var isMissing = false;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = stored[i] switch
            {
                null => null,
                byte[] text when Columns[i].Affinity == "TEXT" => Columns[i].Decode(Encoding.UTF8.GetString(text)),
                var value => Columns[i].Decode(value),
            };
            isMissing |= values[i] is null;
        }

        try
        {
            return Predicate.Value(values);
        }
        catch (Exception error) when (isMissing && error is NullReferenceException or ArgumentNullException or InvalidOperationException)
        {
            return false;
        }
    }
}
