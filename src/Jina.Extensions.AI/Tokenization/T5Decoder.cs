using System.Buffers;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>Turns ids back into text as SentencePiece does.</summary>
internal static class T5Decoder
{
    public static OperationStatus Decode(T5Vocabulary vocabulary, IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        idsConsumed = 0;
        charsWritten = 0;
        foreach (var id in ids)
        {
            if (vocabulary.Surface(id) is not { } surface)
            {
                return OperationStatus.InvalidData;
            }

            // The dummy prefix and any further space at the start of the text was never written by anyone.
            var atStart = charsWritten == 0 && surface.StartsWith(TextNormalizer.Space);
            var visible = atStart ? surface.AsSpan(1) : surface;
            if (visible.Length > destination.Length - charsWritten)
            {
                return OperationStatus.DestinationTooSmall;
            }

            visible.Replace(destination[charsWritten..], TextNormalizer.Space, ' ');
            charsWritten += visible.Length;
            idsConsumed++;
        }

        return OperationStatus.Done;
    }
}
