using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Jina.Embeddings.AspNetCore.Requests;
using Microsoft.ML.Tokenizers;

namespace Jina.Embeddings.AspNetCore.Tests.Requests;

/// <summary>Compares the vocabularies with those that OpenAI has published.</summary>
public sealed class TokenVocabularyTests
{
    /// <summary>The hashes are those that tiktoken expects of the files of OpenAI: a line per token, with its base64 and its ID.</summary>
    [Theory]
    [InlineData(TokenIdEncoding.Cl100kBase, 100_256, "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7")]
    [InlineData(TokenIdEncoding.O200kBase, 199_998, "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d")]
    public void Each_token_has_the_bytes_of_the_published_encoding(TokenIdEncoding encoding, int count, string hash)
    {
        var vocabulary = TokenVocabulary.Get(encoding);
        var file = new StringBuilder();
        for (var id = 0; id < count; id++)
        {
            file.Append(CultureInfo.InvariantCulture, $"{Convert.ToBase64String(vocabulary.Find(id))} {id}\n");
        }

        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(file.ToString()))));
    }

    [Theory]
    [InlineData(TokenIdEncoding.Cl100kBase, "cl100k_base")]
    [InlineData(TokenIdEncoding.O200kBase, "o200k_base")]
    public void Special_tokens_have_the_IDs_of_the_published_encoding(TokenIdEncoding encoding, string name)
    {
        var vocabulary = TokenVocabulary.Get(encoding);
        var tokenizer = TiktokenTokenizer.CreateForEncoding(name);

        Assert.Equal(name, vocabulary.Name);
        Assert.NotEmpty(tokenizer.SpecialTokens!);
        Assert.All(
            tokenizer.SpecialTokens!,
            token => Assert.Equal(Encoding.UTF8.GetBytes(token.Key), vocabulary.Find(token.Value).ToArray()));
    }

    [Theory]
    [InlineData(TokenIdEncoding.Cl100kBase, new[] { int.MinValue, -1, 100_256, 100_261, 100_275, 100_277, 199_999, int.MaxValue })]
    [InlineData(TokenIdEncoding.O200kBase, new[] { -1, 199_998, 200_000, 200_017, 200_019, int.MaxValue })]
    public void Other_IDs_are_not_found(TokenIdEncoding encoding, int[] ids) =>
        Assert.All(ids, id => Assert.Equal(0, TokenVocabulary.Get(encoding).Find(id).Length));

    [Fact]
    public void The_valid_IDs_are_described() => Assert.Equal(
        "0 to 100255 and the special tokens 100257, 100258, 100259, 100260, 100276",
        TokenVocabulary.Get(TokenIdEncoding.Cl100kBase).ValidIds);
}
