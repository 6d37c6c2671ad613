using System.Text.Json;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Tokenization;

public sealed class T5TokenizerGoldenTests
{
    [Fact]
    public void Ids_offsets_and_decoded_text_equal_those_of_SentencePiece() =>
        AssertEqualsSentencePiece("unigram.golden.jsonl", UnigramFixture.PlainTokenizer);

    [Fact]
    public void Ids_offsets_and_decoded_text_of_a_model_that_folds_case_equal_those_of_SentencePiece() =>
        AssertEqualsSentencePiece("demo-en.golden.jsonl", UnigramFixture.PlainFoldingTokenizer);

    [Fact]
    public void Special_tokens_in_a_text_become_the_same_ids_as_in_Hugging_Face_tokenizers() =>
        AssertEqualsHuggingFace("unigram.golden.jsonl", UnigramFixture.Tokenizer);

    [Fact]
    public void Ids_of_the_published_T5_equal_those_of_both_oracles()
    {
        var model = SharedData.RequirePath("t5", "spiece.model");
        AssertEqualsSentencePiece("t5.golden.jsonl", T5Tokenizer.Create(model, new T5TokenizerOptions { SpecialTokensAsText = true }));
        AssertEqualsHuggingFace("t5.golden.jsonl", T5Tokenizer.Create(model));
    }

    [Fact]
    public void Ids_of_the_published_T5_equal_those_in_the_tests_of_other_projects()
    {
        var tokenizer = T5Tokenizer.Create(SharedData.RequirePath("t5", "spiece.model"));
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.RequirePath("golden-t5", "t5_golden_vectors.json")));
        var compared = 0;
        foreach (var group in golden.RootElement.GetProperty("groups").EnumerateArray().Where(IsOfThisTokenizer))
        {
            foreach (var vector in group.GetProperty("vectors").EnumerateArray().Where(IsRight))
            {
                var expected = vector.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32());
                Assert.Equal(expected, tokenizer.Encode(vector.GetProperty("text").GetString()!, int.MaxValue).Ids);
                compared++;
            }
        }

        Assert.Equal(70, compared);
    }

    [Fact]
    public void Ids_of_a_model_without_padding_equal_those_in_the_tests_of_Hugging_Face()
    {
        var tokenizer = T5Tokenizer.Create(SharedData.RequirePath("spm-small", "hf_test_sentencepiece.model"));
        using var golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.RequirePath("golden-t5", "t5_golden_vectors.json")));
        var vectors = golden.RootElement.GetProperty("groups").EnumerateArray()
            .Single(group => group.GetProperty("model").GetString() == "hf_test_sentencepiece.model").GetProperty("vectors");
        foreach (var vector in vectors.EnumerateArray())
        {
            var expected = vector.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32());
            Assert.Equal([.. expected, tokenizer.EndOfSequenceId], tokenizer.Encode(vector.GetProperty("text").GetString()!).Ids);
        }
    }

    // The others are another vocabulary and two newer forms of tokenizer.json that keep spaces beside special tokens.
    private static bool IsOfThisTokenizer(JsonElement group) =>
        group.GetProperty("model").GetString()
            is not ("hf_test_sentencepiece.model" or "Xenova/t5-tokenizer-new" or "Xenova/LaMini-Flan-T5-783M");

    // rs2 adds two tokens of its own. rs4 and rs5 are from a program that keeps repeated spaces, and walking_dog is from a
    // tokenizer.json that keeps a space before a special token.
    private static bool IsRight(JsonElement vector) =>
        !vector.TryGetProperty("name", out var name) || name.GetString() is not ("rs2" or "rs4" or "rs5" or "walking_dog");

    private static void AssertEqualsSentencePiece(string file, T5Tokenizer tokenizer)
    {
        foreach (var golden in GoldenText.Read(file))
        {
            var tokens = tokenizer.EncodeToTokens(golden.Text, out _);
            Assert.Equal(golden.Ids, tokenizer.EncodeToIds(golden.Text));
            Assert.Equal(golden.Ids, tokens.Select(token => token.Id));
            Assert.Equal(
                golden.Offsets,
                tokens.SkipLast(1).SelectMany(token => new[] { token.Offset.Start.Value, token.Offset.End.Value }));
            Assert.Equal(golden.Decoded, tokenizer.Decode(golden.Ids));
        }
    }

    private static void AssertEqualsHuggingFace(string file, T5Tokenizer tokenizer)
    {
        foreach (var golden in GoldenText.Read(file))
        {
            Assert.Equal(golden.Special, tokenizer.EncodeToIds(golden.Text));
            Assert.Equal(golden.Special, tokenizer.EncodeToTokens(golden.Text, out _).Select(token => token.Id));
        }
    }
}
