using CsCheck;
using Jina.Embeddings.AspNetCore.Rejections;
using Jina.Embeddings.AspNetCore.Requests;
using Microsoft.ML.Tokenizers;

namespace Jina.Embeddings.AspNetCore.Tests.Requests;

public sealed class TokenIdDecoderTests
{
    private const int EndOfText = 100_257;

    /// <summary>The longest token, which is 128 spaces.</summary>
    private const int Spaces = 58_040;

    [Theory]
    [InlineData(new[] { 5269, 374, 279, 9282, 3432 }, "how is the weather today")]
    [InlineData(new[] { 3923, 374, 279, 1510, 9282, 1093, 3432, 30 }, "What is the current weather like today?")]
    [InlineData(new[] { 158, 99834 }, "⭐")]
    [InlineData(new[] { 9468, 239, 233, 1917 }, "👋 world")]
    [InlineData(new[] { 57352, 226, 252 }, "𝄞")]
    [InlineData(new[] { 9080, 22656 }, "日本")]
    [InlineData(new[] { EndOfText, 15339 }, "<|endoftext|>hello")]
    public void IDs_of_tiktoken_become_the_text_that_was_tokenized(int[] ids, string text) => Assert.Equal([text], Decode([ids]));

    [Theory]
    [InlineData(TokenIdEncoding.Cl100kBase, "cl100k_base")]
    [InlineData(TokenIdEncoding.O200kBase, "o200k_base")]
    public void Every_text_comes_back_exactly(TokenIdEncoding encoding, string name)
    {
        var tokenizer = TiktokenTokenizer.CreateForEncoding(name);
        string[] ends = ["", "👩‍🔬", "\ufeff", "𝄞", "<|endoftext|>"];
        var text = Gen.OneOf(Gen.Char['a', 'z'], Gen.Char[' ', '~'], Gen.Char['\0', '\ud7ff'], Gen.Char['\ue000', '\uffff']).Array[1, 40]
            .Select(characters => new string(characters));
        var texts = Gen.Select(text, Gen.Int[0, ends.Length - 1].Select(i => ends[i]), (begin, end) => begin + end);

        texts.List[1, 5].Sample(
            list => Assert.Equal(list, Decode([.. list.Select(item => tokenizer.EncodeToIds(item).ToArray())], encoding)), iter: 300);
    }

    /// <summary>LangChain cuts lists of 8191 IDs, also inside a character.</summary>
    [Fact]
    public void A_list_that_begins_or_ends_inside_a_character_has_a_replacement_character() =>
        Assert.Equal(["hello\ufffd", "\ufffd world"], Decode([[15339, 9468, 239], [233, 1917]]));

    [Theory]
    [InlineData(-1)]
    [InlineData(100_256)]
    [InlineData(100_261)]
    [InlineData(100_277)]
    public void An_ID_that_is_not_in_the_encoding_is_rejected_with_its_place(int id)
    {
        var rejection = Assert.Throws<RejectedException>(() => Decode([[15339], [15339, 1917, id]])).Rejection;

        Assert.Equal((RejectionKind.InvalidBody, "input"), (rejection.Kind, rejection.Field));
        Assert.StartsWith($"Token ID {id} at index 2 of input 1 is not in cl100k_base", rejection.Message, StringComparison.Ordinal);
        Assert.Contains("X-Token-Encoding: cl100k_base, o200k_base or model", rejection.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_are_limited_like_a_body()
    {
        Assert.Equal(new string(' ', 1024), Decode([[.. Enumerable.Repeat(Spaces, 8)]], maxBytes: 1024).Single());

        var rejection = Assert.Throws<RejectedException>(() => Decode([[.. Enumerable.Repeat(Spaces, 8)], [0]], maxBytes: 1024)).Rejection;

        Assert.Equal(RejectionKind.BodyTooLarge, rejection.Kind);
        Assert.Equal(
            "The token IDs are more than 1024 bytes of text, the limit for a body. Send fewer inputs per request.", rejection.Message);
    }

    [Fact]
    public void Memory_is_taken_before_texts_exist()
    {
        var request = new EmbeddingRequest { TokenIds = [[15339], [15339, 1917]] };
        var sizes = new List<(DecodedSize Size, bool HasTexts)>();

        new TokenIdDecoder(1024, (held, size) => sizes.Add((size, held.Texts is not null))).Decode(request, TokenIdEncoding.Cl100kBase);

        Assert.Equal([(new DecodedSize(TotalBytes: 16, LargestBytes: 11), false)], sizes);
        Assert.Equal(["hello", "hello world"], request.Texts);
        Assert.Null(request.TokenIds);
    }

    [Fact]
    public void The_models_own_IDs_and_texts_stay_as_they_are()
    {
        var ids = new EmbeddingRequest { TokenIds = [[15339]] };
        var texts = new EmbeddingRequest { Texts = ["hello"] };
        var decoder = new TokenIdDecoder(1024, (_, _) => Assert.Fail("Nothing is converted."));

        decoder.Decode(ids, TokenIdEncoding.Model);
        decoder.Decode(texts, TokenIdEncoding.Cl100kBase);

        Assert.Equal([15339], Assert.Single(ids.TokenIds!));
        Assert.Equal(["hello"], texts.Texts);
    }

    private static IReadOnlyList<string> Decode(
        int[][] ids, TokenIdEncoding encoding = TokenIdEncoding.Cl100kBase, int maxBytes = 1_000_000)
    {
        var request = new EmbeddingRequest { TokenIds = ids };
        new TokenIdDecoder(maxBytes, (_, _) => { }).Decode(request, encoding);
        return request.Texts!;
    }
}
