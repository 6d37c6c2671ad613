using System.Buffers;
using System.Runtime.InteropServices;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>Divides normalized text into the pieces with the highest sum of scores, as SentencePiece does.</summary>
/// <remarks>
/// The search goes once from left to right and keeps the best division up to each char (Kudo 2018, https://arxiv.org/abs/1804.10959).
/// Sums have single precision, and of two equal sums the one with the longer last piece is kept. SentencePiece does both, so rounding
/// gives the same IDs.
/// </remarks>
internal sealed class UnigramSearch
{
    /// <summary>The distance of the score of an unknown character from the lowest score of a piece, as in SentencePiece.</summary>
    private const float UnknownPenalty = 10;

    private readonly PieceIndex _index;
    private readonly float[] _scores;
    private readonly int _unknownId;
    private readonly float _unknownScore;

    /// <param name="index">The index of the pieces.</param>
    /// <param name="scores">The score of each ID.</param>
    /// <param name="unknownId">The ID of a character that is not a piece.</param>
    /// <param name="lowestScore">The lowest score of a piece of the index.</param>
    public UnigramSearch(PieceIndex index, float[] scores, int unknownId, float lowestScore)
    {
        _index = index;
        _scores = scores;
        _unknownId = unknownId;
        _unknownScore = lowestScore - UnknownPenalty;
    }

    /// <summary>Returns the IDs of a text. Each character that is not a piece has the ID for unknown characters.</summary>
    /// <param name="text">Normalized UTF-16 without lone surrogates.</param>
    /// <returns>A list with room for one more ID, because a text ends with a special token.</returns>
    public List<int> Search(ReadOnlySpan<char> text)
    {
        var steps = ArrayPool<Step>.Shared.Rent(text.Length + 1);
        try
        {
            steps.AsSpan(0, text.Length + 1).Clear();
            FindSteps(text, steps);
            return Collect(steps, text.Length);
        }
        finally
        {
            ArrayPool<Step>.Shared.Return(steps);
        }
    }

    private void FindSteps(ReadOnlySpan<char> text, Step[] steps)
    {
        for (int start = 0, length; start < text.Length; start += length)
        {
            length = char.IsHighSurrogate(text[start]) ? 2 : 1;
            var sum = steps[start].Sum;
            var node = PieceIndex.Root;
            var isPiece = false;
            for (var end = start; end < text.Length && _index.TryStep(ref node, text[end], out var id);)
            {
                end++;
                if (id >= 0)
                {
                    Offer(ref steps[end], new Step(sum + _scores[id], id, end - start));
                    isPiece |= end - start == length;
                }
            }

            if (!isPiece)
            {
                Offer(ref steps[start + length], new Step(sum + _unknownScore, _unknownId, length));
            }
        }
    }

    private static void Offer(ref Step best, Step step)
    {
        if (best.Length == 0 || step.Sum > best.Sum)
        {
            best = step;
        }
    }

    private static List<int> Collect(Step[] steps, int end)
    {
        var count = 0;
        for (var position = end; position > 0; position -= steps[position].Length)
        {
            count++;
        }

        var ids = new List<int>(count + 1);
        CollectionsMarshal.SetCount(ids, count);
        var span = CollectionsMarshal.AsSpan(ids);
        for (var position = end; position > 0; position -= steps[position].Length)
        {
            span[--count] = steps[position].Id;
        }

        return ids;
    }

    /// <summary>Represents the last piece of the best division of a text up to a char.</summary>
    /// <param name="Sum">The sum of the scores of all pieces.</param>
    /// <param name="Id">The ID of the last piece.</param>
    /// <param name="Length">The length of the last piece in chars, or 0 before the first division is known.</param>
    private readonly record struct Step(float Sum, int Id, int Length);
}
