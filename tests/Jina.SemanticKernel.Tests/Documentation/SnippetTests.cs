using Jina.Testing;

namespace Jina.SemanticKernel.Tests.Documentation;

public sealed class SnippetTests
{
    [Fact]
    public void Every_snippet_of_the_page_is_code_that_these_tests_compile() =>
        DocumentedCode.AssertCompiled("docs/semantic-kernel.md", "tests/Jina.SemanticKernel.Tests/Documentation", snippets: 12);
}
