using Jina.VectorData.Sqlite.Storage;
using Microsoft.Data.Sqlite;

namespace Jina.VectorData.Sqlite.Filters;

/// <summary>Represents a condition on the rows of the data table, which has the alias <see cref="Table"/> in all statements.</summary>
/// <param name="Sql">The condition. All values in it are parameters.</param>
/// <param name="Parameters">The values of $1, $2, … .</param>
/// <param name="DotNetConditions">The conditions that .NET evaluates, in the order of their numbers.</param>
internal sealed record SqlFilter(string Sql, IReadOnlyList<object> Parameters, IReadOnlyList<DotNetCondition> DotNetConditions)
{
    /// <summary>The alias of the data table.</summary>
    public const string Table = "d";

    /// <summary>The function that evaluates a condition in .NET. Its arguments are the number of the condition and its columns.</summary>
    public const string Function = "VECTORDATA_CONDITION";

    /// <summary>Gets the condition that every row meets.</summary>
    public static SqlFilter All { get; } = new("1", [], []);

    /// <summary>Runs queries that contain the condition.</summary>
    /// <exception cref="Microsoft.Extensions.VectorData.VectorStoreException">A condition failed in .NET.</exception>
    public T Run<T>(SqliteConnection connection, Operation operation, Func<T> query)
    {
        if (DotNetConditions.Count == 0)
        {
            return query();
        }

        (DotNetCondition Condition, Exception Error)? failure = null;
        connection.CreateFunction(Function, arguments =>
        {
            var condition = DotNetConditions[(int)(long)arguments[0]!];
            try
            {
                return condition.IsMet(arguments.AsSpan(1)) ? 1L : 0L;
            }
            catch (Exception error)
            {
                failure = (condition, error);
                throw;
            }
        });
        try
        {
            return query();
        }
        catch (SqliteException) when (failure is { } found)
        {
            throw operation.Failure(
                $"The part '{found.Condition.Text}' of the filter failed for a record: {found.Error.Message} "
                + "Change the filter so that .NET can evaluate it for every record.",
                found.Error);
        }
    }
}
