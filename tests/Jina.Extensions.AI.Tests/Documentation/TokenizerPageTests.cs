using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Documentation;

/// <summary>The code of docs/tokenizer.md, run.</summary>
public sealed class TokenizerPageTests
{
    private const string Page = "docs/tokenizer.md";

    [Fact]
    public void Every_snippet_is_code_that_these_tests_compile() =>
        DocumentedCode.AssertCompiled(Page, "tests/Jina.Extensions.AI.Tests/Documentation", snippets: 1);

    [Fact]
    public void A_text_becomes_ids()
    {
        var folder = DemoModel.Folder;

        var tokenizer = T5Tokenizer.Create(Path.Combine(folder, "spiece.model"));
        T5Encoding encoding = tokenizer.Encode("How are you?");   // at most 512 ids, the last is </s>
        var (ids, cut) = (encoding.Ids, encoding.Truncated);      // encoding.AsSpan(): the ids without interface calls

        Assert.Equal(encoding.AsSpan(), ids.ToArray());
        Assert.Equal(1, ids[^1]);
        Assert.False(cut);
        Assert.Equal(512, tokenizer.Encode(new string('?', 9999)).Ids.Count);
    }
}
