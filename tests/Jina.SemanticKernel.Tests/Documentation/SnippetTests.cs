using Jina.Testing;

namespace Jina.SemanticKernel.Tests.Documentation;

public sealed class SnippetTests
{
    [Fact]
    public void The_tests_compile_every_snippet_of_the_page() =>
        DocumentedCode.AssertCompiled("docs/semantic-kernel.md", "tests/Jina.SemanticKernel.Tests/Documentation", snippets: 14);
}
