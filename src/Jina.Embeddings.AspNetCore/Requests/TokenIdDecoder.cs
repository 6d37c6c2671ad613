using System.Globalization;
using System.Text;
using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Converts the token IDs of a request to the texts that its client has tokenized for a model of OpenAI.</summary>
/// <param name="maxBytes">The maximum number of bytes of all texts in UTF-8. One ID can be 128 bytes.</param>
/// <param name="hold">A delegate that takes memory before it is allocated. It throws if there is not enough.</param>
internal sealed class TokenIdDecoder(int maxBytes, Action<EmbeddingRequest, DecodedSize> hold)
{
    /// <summary>Replaces the token IDs of a request, if it has any, by texts.</summary>
    /// <remarks>A client can cut a list inside a character. The bytes that remain become U+FFFD, as in tiktoken.</remarks>
    /// <exception cref="RejectedException">An ID is not in the encoding, or the texts are too large.</exception>
    public void Decode(EmbeddingRequest request, TokenIdEncoding encoding)
    {
        if (request.TokenIds is not { } lists || encoding == TokenIdEncoding.Model)
        {
            return;
        }

        var vocabulary = TokenVocabulary.Get(encoding);
        var size = Measure(lists, vocabulary);
        hold(request, size);
        var buffer = GC.AllocateUninitializedArray<byte>(size.LargestBytes);
        var texts = new List<string>(lists.Count);
        foreach (var ids in lists)
        {
            var length = 0;
            foreach (var id in ids)
            {
                var token = vocabulary.Find(id);
                token.CopyTo(buffer.AsSpan(length));
                length += token.Length;
            }

            texts.Add(Encoding.UTF8.GetString(buffer, 0, length));
        }

        request.Texts = texts;
        request.TokenIds = null;
    }

    /// <summary>Checks every ID and counts the bytes.</summary>
    private DecodedSize Measure(IReadOnlyList<IReadOnlyList<int>> lists, TokenVocabulary vocabulary)
    {
        var (total, largest) = (0, 0);
        for (var input = 0; input < lists.Count; input++)
        {
            var before = total;
            for (var index = 0; index < lists[input].Count; index++)
            {
                var length = vocabulary.Find(lists[input][index]).Length;
                if (length == 0)
                {
                    throw Outside(lists[input][index], index, input, vocabulary);
                }

                if (length > maxBytes - total)
                {
                    throw new RejectedException(new Rejection(
                        RejectionKind.BodyTooLarge,
                        $"The token IDs are more than {maxBytes} bytes of text, the limit for a body. Send fewer inputs per request.",
                        "input"));
                }

                total += length;
            }

            largest = Math.Max(largest, total - before);
        }

        return new DecodedSize(total, largest);
    }

    private static RejectedException Outside(int id, int index, int input, TokenVocabulary vocabulary)
    {
        var found = string.Create(CultureInfo.InvariantCulture, $"Token ID {id} at index {index} of input {input}");
        return RejectedException.InvalidBody(
            $"{found} is not in {vocabulary.Name}, the encoding of this request's token IDs. Expected {vocabulary.ValidIds}. "
            + $"Send texts, or name the encoding in the header {TokenEncodingHeader.Name}: {TokenIdEncodingNames.Expected}.",
            "input");
    }
}

/// <summary>Represents the size of texts in UTF-8. Each byte is at most one character.</summary>
/// <param name="TotalBytes">The bytes of all texts.</param>
/// <param name="LargestBytes">The bytes of the largest text.</param>
internal readonly record struct DecodedSize(int TotalBytes, int LargestBytes);
