namespace Jina.Embeddings.Tool.Input;

/// <summary>Represents a text of the input.</summary>
/// <param name="Index">The position among all records of the input, counted from 0.</param>
/// <param name="Id">The value of the ID field, or <see langword="null"/> if no field was named.</param>
/// <param name="Text">The text.</param>
internal readonly record struct InputRecord(long Index, string? Id, string Text);

/// <summary>Specifies the fields of a record.</summary>
/// <param name="Text">The name of the field with the text.</param>
/// <param name="Id">The name of the field with the ID, or <see langword="null"/> if IDs are not read.</param>
internal sealed record RecordFields(string Text = RecordFields.DefaultText, string? Id = null)
{
    public const string DefaultText = "text";
}

/// <summary>Specifies which records of the input are read.</summary>
/// <param name="Shard">The part of the input.</param>
/// <param name="First">The index of the first record to return. Earlier records of the shard are only checked.</param>
internal readonly record struct RecordSelection(Shard Shard, long First = 0);

/// <summary>Reads records in windows. Records that have been received are returned before it waits for more.</summary>
internal interface IRecordInput : IDisposable
{
    /// <summary>The maximum number of records in a window. A buffer of short lines would give many more vectors.</summary>
    const int WindowSize = 512;

    /// <summary>Gets the size of the file in bytes, or <see langword="null"/> for stdin and pipes.</summary>
    long? Length { get; }

    /// <summary>Gets the number of bytes of the file up to the last returned record. It is not exact for all formats.</summary>
    long Position { get; }

    /// <summary>Returns the next records in order, or an empty list at the end.</summary>
    /// <exception cref="CommandException">A record is not valid. The records before it were returned by earlier calls.</exception>
    ValueTask<IReadOnlyList<InputRecord>> ReadAsync(CancellationToken cancellationToken);
}
