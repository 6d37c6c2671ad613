namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Reports that the file has something that this library never writes. The message names it and what was expected.</summary>
internal sealed class DamagedDatabaseException(string damage, Exception? inner = null) : Exception(damage, inner)
{
    /// <summary>Reports a vector that is not one of its collection.</summary>
    /// <param name="collection">The collection's name.</param>
    /// <param name="key">The key of the vector's record.</param>
    /// <param name="vector">The name of the vector property in the file.</param>
    /// <param name="dimensions">The dimensions of the collection's vectors.</param>
    /// <param name="found">The stored value, described.</param>
    public static DamagedDatabaseException OfVector(string collection, object? key, string vector, int dimensions, string found) => new(
        $"In the collection '{collection}', the vector '{vector}' of the record with the key '{MessageText.OfValue(key)}' is {found}. "
        + $"Expected: {dimensions} finite numbers in {dimensions * sizeof(float)} bytes. Store that record again or delete it.");

    /// <summary>Reports a value of a record that is not one of its property's type.</summary>
    /// <param name="collection">The collection's name.</param>
    /// <param name="key">The key of the record.</param>
    /// <param name="column">The name of the property in the file.</param>
    /// <param name="type">The type of the property.</param>
    /// <param name="stored">The stored value.</param>
    /// <param name="inner">The error of its conversion.</param>
    public static DamagedDatabaseException OfValue(
        string collection, object? key, string column, Type type, object stored, Exception inner)
    {
        var found = stored switch
        {
            byte[] bytes => $"a blob of {bytes.Length} bytes",
            string => $"the text '{MessageText.OfValue(stored)}'",
            _ => MessageText.OfValue(stored),
        };
        return new(
            $"In the collection '{collection}', the value of '{column}' in the record with the key '{MessageText.OfValue(key)}' "
            + $"is {found}. Expected: a value of the type {Nullable.GetUnderlyingType(type) ?? type}. "
            + "Store that record again or delete it.",
            inner);
    }

    /// <summary>Reports a catalog entry that cannot be read.</summary>
    public static DamagedDatabaseException OfCatalog(string collection, string damage, Exception? inner = null) => new(
        $"The catalog entry of the collection '{collection}' is damaged: {damage}. "
        + "Restore a backup, or delete the collection and store its records again.",
        inner);
}
