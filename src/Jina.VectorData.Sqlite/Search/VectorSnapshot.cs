using Jina.VectorData.Sqlite.Storage;

namespace Jina.VectorData.Sqlite.Search;

/// <summary>Represents the vectors of a property in one state of a collection. Immutable.</summary>
/// <param name="State">The state.</param>
/// <param name="Blocks">The vectors, by ascending row ID.</param>
internal sealed record VectorSnapshot(CollectionState State, IReadOnlyList<VectorBlock> Blocks)
{
    /// <summary>Gets the number of vectors, including the removed ones.</summary>
    public long Count => Blocks.Sum(block => (long)block.Count);

    /// <summary>Gets the memory that the vectors use, in bytes.</summary>
    public long Bytes => Blocks.Sum(block => block.Bytes);

    /// <summary>Creates a snapshot of a collection before its first row.</summary>
    public static VectorSnapshot CreateEmpty(CollectionState state) => new(state with { LastId = 0, Removals = 0 }, []);

    /// <summary>Returns the memory that the vectors of a state need at most, in bytes.</summary>
    public static long BytesNeeded(CollectionState state, int dimensions) =>
        (state.LastId - state.Removals) * VectorBlock.BytesPerVector(dimensions);

    /// <summary>Returns a snapshot of a later state, for which only the added vectors are read.</summary>
    public VectorSnapshot Advance(CollectionState state, VectorReader reader)
    {
        // Removed vectors are dropped once they use more memory than the others.
        if (Bytes > 2 * BytesNeeded(state, reader.Dimensions))
        {
            return CreateEmpty(state).Advance(state, reader);
        }

        var blocks = Blocks.ToList();
        if (blocks.Count > 0 && State.Removals != state.Removals)
        {
            var rowIds = reader.ReadRowIds();
            blocks = blocks.Select(block => block.WithOnly(rowIds)).OfType<VectorBlock>().ToList();
        }

        VectorBlock? open = null;
        if (blocks is [.., { IsFull: false } last])
        {
            blocks[^1] = open = last.Continue();
        }

        reader.ReadAbove(State.LastId, (id, vector, norm) =>
        {
            if (open is null or { IsFull: true })
            {
                blocks.Add(open = new VectorBlock(reader.Dimensions, state.LastId - id + 1));
            }

            open.Append(id, vector, norm);
        });
        return new VectorSnapshot(state, blocks);
    }
}
