using Jina.VectorData.Sqlite.Quantization;
using Jina.VectorData.Sqlite.Storage;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Specifies what a search compares first, and keeps in memory for that.</summary>
internal enum VectorForm
{
    /// <summary>An <see cref="Int8Code"/>, about a quarter of a vector.</summary>
    Int8,

    /// <summary>The <see cref="SignBits"/>, a thirty-second of a vector.</summary>
    Signs,
}

/// <summary>Represents the vectors of a property in one state of a collection, in one form. Immutable.</summary>
/// <param name="State">The state.</param>
/// <param name="Form">The form of the vectors.</param>
/// <param name="Blocks">The vectors, by ascending row ID.</param>
internal sealed record VectorSnapshot(CollectionState State, VectorForm Form, IReadOnlyList<VectorBlock> Blocks)
{
    /// <summary>Gets the number of vectors, including the removed ones.</summary>
    public long Count => Blocks.Sum(block => (long)block.Count);

    /// <summary>Gets the memory that the vectors use, in bytes.</summary>
    public long Bytes => Blocks.Sum(block => block.Bytes);

    /// <summary>Creates a snapshot of a collection before its first row.</summary>
    public static VectorSnapshot CreateEmpty(CollectionState state, VectorForm form) =>
        new(state with { LastId = 0, Removals = 0 }, form, []);

    /// <summary>Returns the memory that the vectors of a state need at most, in bytes.</summary>
    public static long BytesNeeded(CollectionState state, VectorForm form, int dimensions) =>
        state.Rows * VectorBlock.BytesPerVector(Width(form, dimensions));

    /// <summary>Returns a snapshot of a later state, for which only the added vectors are read.</summary>
    public VectorSnapshot Advance(CollectionState state, CodeReader reader)
    {
        // Removed vectors are dropped once they use more memory than the others.
        if (Bytes > 2 * BytesNeeded(state, Form, reader.Dimensions) || reader.FindRemoved(State, state) is not { } removed)
        {
            return Read(CreateEmpty(state, Form), state, reader);
        }

        var left = removed.Length == 0 ? Blocks : [.. Blocks.Select(block => block.Without(removed))];
        return Read(this with { Blocks = left }, state, reader);
    }

    private static VectorSnapshot Read(VectorSnapshot start, CollectionState state, CodeReader reader)
    {
        var blocks = start.Blocks.ToList();
        VectorBlock? open = null;
        if (blocks is [.., { IsFull: false } last])
        {
            blocks[^1] = open = last.Continue();
        }

        var width = Width(start.Form, reader.Dimensions);
        var signs = new byte[SignBits.Length(reader.Dimensions)];
        reader.ReadAbove(start.State.LastId, (id, code) =>
        {
            if (open is null or { IsFull: true })
            {
                blocks.Add(open = new VectorBlock(width, state.LastId - id + 1));
            }

            if (start.Form == VectorForm.Signs)
            {
                SignBits.Write(code.Components, signs);
                open.Append(id, signs);
            }
            else
            {
                open.Append(id, code.Bytes);
            }
        });
        return new VectorSnapshot(state, start.Form, blocks);
    }

    private static int Width(VectorForm form, int dimensions) =>
        form == VectorForm.Signs ? SignBits.Length(dimensions) : Int8Code.Length(dimensions);
}
