using Jina.Extensions.AI.Tokenization;

namespace Jina.Extensions.AI.Tests.Tokenization;

public sealed class PieceIndexTests
{
    [Fact]
    public void The_ids_of_all_pieces_at_the_start_of_a_text_are_found()
    {
        var index = new PieceIndex(["river", "r", null, "rivers", "other"]);

        Assert.Equal([1, -1, -1, -1, 0, 3], Ids(index, "rivers run"));
        Assert.Equal([-1, -1], Ids(index, "ot"));
        Assert.Empty(Ids(index, "iver"));
        Assert.Empty(Ids(index, "\0"));
    }

    // The chars '!', 'A' and 'a' have the same bit.
    [Fact]
    public void A_char_that_shares_its_bit_with_a_child_is_not_a_child()
    {
        var index = new PieceIndex(["xA", "a"]);

        Assert.Equal([-1], Ids(index, "xa"));
        Assert.Equal([-1], Ids(index, "x!"));
        Assert.Empty(Ids(index, "!"));
        Assert.Equal([-1, 0], Ids(index, "xA"));
    }

    [Fact]
    public void Pieces_with_more_chars_than_the_first_table_has_slots_are_found()
    {
        string[] pieces = [.. Enumerable.Range(0, 300).Select(i => new string((char)('a' + i), 1 + i))];

        var index = new PieceIndex(pieces);

        foreach (var (id, piece) in pieces.Index())
        {
            var ids = Ids(index, piece);
            Assert.Equal(piece.Length, ids.Count);
            Assert.Equal(id, ids[^1]);
            Assert.All(ids.SkipLast(1), other => Assert.Equal(-1, other));
        }
    }

    private static List<int> Ids(PieceIndex index, string text)
    {
        var ids = new List<int>();
        var node = PieceIndex.Root;
        foreach (var next in text)
        {
            if (!index.TryStep(ref node, next, out var id))
            {
                break;
            }

            ids.Add(id);
        }

        return ids;
    }
}
