using CsCheck;
using Jina.Extensions.AI;
using Jina.Testing;
using RagConsole.Documents;
using RagConsole.Passages;

namespace RagConsole.Tests.Passages;

/// <summary>Represents the tokenizer of the demo model.</summary>
public sealed class DemoTokenizer : IAsyncLifetime
{
    public T5Tokenizer Tokenizer { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        using var generator = new JinaEmbeddingGenerator(
            new JinaEmbeddingOptions { Model = JinaEmbeddingModel.FromDirectory(RepositoryFiles.Path("models", "demo-en")) });
        Tokenizer = await generator.GetTokenizerAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

public sealed class CodeSplitterTests(DemoTokenizer demo) : IClassFixture<DemoTokenizer>
{
    private const int MaxTokens = 64;

    private static string Csharp { get; } = """
        using System;

        namespace Station
        {
            /// <summary>Counts the tips of the rain gauge.</summary>
            [Serializable]
            public sealed class RainGauge : IGauge
            {
                private int _tips;

                // The magnet closes the switch once for each tip of the bucket, so that each closing is one tip.
                [Obsolete]
                public void Tip(object sender, EventArgs e)
                {
                    if (e is not null)
                    {
                        _tips++;
                    }

                    Console.WriteLine($"The bucket tipped {_tips} times since the last reading of the station.");
                }

                /// <summary>Returns the rain in millimeters, and starts to count again from zero.</summary>
                public double Read()
                {
                    var rain = _tips * 0.2;
                    _tips = 0;
                    return rain;
                }
            }
        }
        """;

    [Fact]
    public void Members_are_kept_together_with_their_comments_and_attributes()
    {
        var chunks = Split(Csharp);

        Assert.Contains(chunks, chunk => Csharp[chunk.Range].TrimStart().StartsWith("// The magnet", StringComparison.Ordinal));
        Assert.Contains(chunks, chunk => Csharp[chunk.Range].TrimStart().StartsWith("/// <summary>Returns", StringComparison.Ordinal));
    }

    [Fact]
    public void The_declarations_around_a_chunk_are_above_it()
    {
        var chunks = Split(Csharp);

        Assert.Equal("", chunks[0].Above);
        Assert.Equal(
            "namespace Station: public sealed class RainGauge : IGauge",
            Find("// The magnet"));
        Assert.Equal(
            "public sealed class RainGauge : IGauge: public void Tip(object sender, EventArgs e)",
            Find("Console.WriteLine"));

        string Find(string text) => chunks.Last(chunk => Csharp[chunk.Range].TrimStart().StartsWith(text, StringComparison.Ordinal)).Above;
    }

    [Theory]
    [InlineData("def tip(self):\n    return 1\n")]
    [InlineData("func tip() int {\n\treturn 1\n}\n")]
    [InlineData("tip() {\n  echo 1\n}\n")]
    [InlineData("function tip()\n  return 1\nend\n")]
    [InlineData("CREATE TABLE tips (\n  id int\n);\n")]
    public void Blocks_of_other_languages_are_not_split(string block)
    {
        var text = string.Concat(Enumerable.Range(0, 30).Select(_ => $"{block}\n"));

        foreach (var chunk in Split(text))
        {
            Assert.StartsWith(block[..6], text[chunk.Range], StringComparison.Ordinal);
            Assert.EndsWith(block.TrimEnd()[^3..], text[chunk.Range], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_long_line_is_split_and_its_parts_have_its_number()
    {
        var line = string.Join(' ', Enumerable.Range(1, 500).Select(number => $"word{number},"));

        var chunks = Split($"first\n{line}\nlast");

        Assert.Equal([1, .. Enumerable.Repeat(2, chunks.Count - 2), 3], chunks.Select(chunk => chunk.First));
        Assert.All(chunks, chunk => Assert.Equal(chunk.First, chunk.Last));
    }

    /// <summary>Creates lines that look like code, with all line ends, tabs, blank lines and long lines.</summary>
    private static readonly Gen<string> Code = Gen.Select(
        OneOf("", "", "  ", "    ", "\t", "        ", "\t\t  ", "\u3000"),
        OneOf(
            "", "", "}", "{", "else", "end", "/* a", "*/", "// note", "# note", "@x", "[A]", "if (x)", "class C", "def f(x):", "x = 1;",
            "\"\"\"",
            "return \u96e8 + \ud83d\ude00;", string.Join(' ', Enumerable.Repeat("long", 90)), new string('x', 300)),
        OneOf("\n", "\n", "\n", "\r\n", "\r", "  \n"),
        (indentation, content, end) => indentation + content + end).Array[0, 60].Select(lines => string.Concat(lines));

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    [Fact]
    public void Chunks_contain_each_line_once_in_order_with_its_number_and_within_the_limit()
    {
        var splitter = new CodeSplitter(demo.Tokenizer, MaxTokens);
        Code.Sample(
            text =>
            {
                var chunks = splitter.Split(text);
                var lines = CodeLine.Find(text);
                var (covered, number) = (0, 0);
                foreach (var (range, first, last, above) in chunks)
                {
                    var (start, length) = range.GetOffsetAndLength(text.Length);
                    Assert.True(text.AsSpan(covered..start).IsWhiteSpace());
                    Assert.InRange(demo.Tokenizer.CountTokens(text[range]), 2, MaxTokens);
                    Assert.Equal((GetLine(text, start + CountSpace(text.AsSpan(range))), GetLine(text, start + length - 1)), (first, last));
                    Assert.True(first > number || (first == number && first == last));
                    Assert.DoesNotContain('\n', above);
                    (covered, number) = (start + length, last);
                    var line = lines.Single(line => line.Number == first);
                    if (line.Start != start)
                    {
                        // Only a line that exceeds the limit alone is split.
                        Assert.True(demo.Tokenizer.CountTokens(text[line.Start..line.End]) > MaxTokens);
                    }
                }

                Assert.True(text.AsSpan(covered).IsWhiteSpace());
            },
            iter: 100,
            threads: 1);

        static int CountSpace(ReadOnlySpan<char> text) => text.Length - text.TrimStart().Length;
        static int GetLine(string text, int index) => text[..index].ReplaceLineEndings("\n").Count(character => character == '\n') + 1;
    }

    [Fact]
    public void A_deep_or_large_file_takes_linear_time()
    {
        var deep = string.Concat(Enumerable.Range(0, 1000).Select(depth => $"{new string(' ', depth)}x{{\n"));
        var flat = "    " + string.Concat(Enumerable.Repeat("x\n    ", 20_000));

        Assert.NotEmpty(Split(deep));
        Assert.NotEmpty(Split(flat));
    }

    [Fact]
    public void A_document_is_split_as_code_by_its_name()
    {
        var splitter = new DocumentSplitter(demo.Tokenizer);
        var content = System.Text.Encoding.UTF8.GetBytes("# note\nx = 1\n# note\ny = 2");

        Assert.Equal((1, 4, ""), Describe(Assert.Single(splitter.Split(DocumentFormats.Read("a.py", content).Document!))));
        Assert.Equal(2, splitter.Split(DocumentFormats.Read("a.md", content).Document!).Count);

        static (int First, int Last, string Above) Describe(DocumentChunk chunk) => (chunk.First, chunk.Last, chunk.Above);
    }

    private IReadOnlyList<DocumentChunk> Split(string text) =>
        new CodeSplitter(demo.Tokenizer, MaxTokens).Split(text);
}
