using System.Numerics;
using System.Runtime.CompilerServices;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>Finds the pieces that a text starts with, char by char: a trie whose nodes are the slots of a hash table.</summary>
/// <remarks>
/// A child is found by its parent's slot and a char. So the pieces need no order, and the index is built in one pass over them
/// (docs/decisions/0072-first-vector.md). Instances are immutable and safe for concurrent use.
/// </remarks>
internal sealed class PieceIndex
{
    /// <summary>The node of the empty text.</summary>
    public const int Root = 0;

    /// <summary>The number of slots per piece at first. T5 has 2.5 nodes per piece.</summary>
    private const int SlotsPerPiece = 4;

    private readonly Node[] _nodes;
    private readonly int _shift;

    /// <param name="pieces">At least one piece, by ID. <see langword="null"/> is a piece that is never found in a text.</param>
    public PieceIndex(IReadOnlyList<string?> pieces)
    {
        var bits = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)pieces.Count * SlotsPerPiece));
        do
        {
            _nodes = new Node[1 << bits];
            _shift = 64 - bits;
            bits++;
        }
        while (!TryAdd(pieces));
    }

    /// <summary>Moves from a node to its child. Returns <see langword="false"/> if no piece continues with this char.</summary>
    /// <param name="node">The node, which becomes its child.</param>
    /// <param name="next">The next char of the text.</param>
    /// <param name="id">The ID of the piece that ends with this char, or -1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryStep(ref int node, char next, out int id)
    {
        if ((_nodes[node].Children & ChildBit(next)) != 0)
        {
            var key = Key(node, next);
            node = Find(key);
            ref readonly var child = ref _nodes[node];
            id = child.Id;
            return child.Key == key;
        }

        id = -1;
        return false;
    }

    // A key is never 0, which marks a free slot.
    private static ulong Key(int node, char next) => ((ulong)(uint)node + 1) << 16 | next;

    // Several chars share a bit.
    private static uint ChildBit(char next) => 1u << (next & 31);

    /// <summary>Returns the slot of a key, or the free slot where it belongs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(ulong key)
    {
        var nodes = _nodes;
        var slot = (int)(key * 0x9E37_79B9_7F4A_7C15 >> _shift);
        while (nodes[slot].Key != key && nodes[slot].Key != 0)
        {
            slot = (slot + 1) & (nodes.Length - 1);
        }

        return slot;
    }

    /// <summary>Adds all pieces. Returns <see langword="false"/> if the table is too small.</summary>
    private bool TryAdd(IReadOnlyList<string?> pieces)
    {
        var free = _nodes.Length / 4 * 3;
        _nodes[Root] = new Node { Key = ulong.MaxValue, Id = -1 };
        for (var id = 0; id < pieces.Count; id++)
        {
            var node = Root;
            foreach (var next in pieces[id] ?? string.Empty)
            {
                var key = Key(node, next);
                var child = Find(key);
                if (_nodes[child].Key == 0)
                {
                    if (--free == 0)
                    {
                        return false;
                    }

                    _nodes[child] = new Node { Key = key, Id = -1 };
                    _nodes[node].Children |= ChildBit(next);
                }

                node = child;
            }

            if (node != Root)
            {
                _nodes[node].Id = id;
            }
        }

        return true;
    }

    /// <summary>Represents the text from the root to this node.</summary>
    private struct Node
    {
        /// <summary>The parent's slot and the last char, or 0 in a free slot.</summary>
        public ulong Key;

        /// <summary>The bits of the next chars of longer pieces. Most steps to a child that does not exist end here.</summary>
        public uint Children;

        /// <summary>The ID of the piece, or -1 for the beginning of a longer piece.</summary>
        public int Id;
    }
}
