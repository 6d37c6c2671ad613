using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Documentation;

/// <summary>Runs the code of docs/tokenizer.md.</summary>
public sealed class TokenizerPageTests
{
    private const string Page = "docs/tokenizer.md";

    [Fact]
    public void Every_snippet_is_compiled_by_these_tests() =>
        DocumentedCode.AssertCompiled(Page, "tests/Jina.Extensions.AI.Tests/Documentation", snippets: 1);

    [Fact]
    public void A_text_becomes_token_ids()
    {
        var folder = DemoModel.Folder;

        var tokenizer = T5Tokenizer.Create(Path.Combine(folder, "spiece.model"));
        T5Encoding encoding = tokenizer.Encode("How are you?");      // at most 512 IDs, of which the last is </s>
        var (ids, truncated) = (encoding.Ids, encoding.Truncated);   // encoding.AsSpan() returns the same IDs as a span

        Assert.Equal(encoding.AsSpan(), ids.ToArray());
        Assert.Equal(1, ids[^1]);
        Assert.False(truncated);
        Assert.Equal(512, tokenizer.Encode(new string('?', 9999)).Ids.Count);
    }
}
