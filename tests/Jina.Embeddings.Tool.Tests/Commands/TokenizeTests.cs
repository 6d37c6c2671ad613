using System.Text.Json;
using Jina.Extensions.AI;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Commands;

public sealed class TokenizeTests
{
    private static readonly T5Tokenizer Tokenizer = T5Tokenizer.Create(Path.Combine(Tool.DemoModel, "spiece.model"));

    [Fact]
    public async Task Each_line_has_the_IDs_of_its_text_in_order()
    {
        string[] texts = ["Hello, world!", "", "Grüße aus 東京 🎉", "  spaces  inside ", "</s> and <extra_id_0>"];

        var result = await Tool.RunWithInputAsync(string.Join("\r\n", texts), "tokenize", "--model", Tool.DemoModel);

        Assert.Equal(texts.Select(text => Tokenizer.Encode(text).Ids), result.Json().Select(Ids));
        Assert.StartsWith("{\"ids\":[", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("],\"truncated\":false}\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_documentation_shows_the_IDs_of_its_example()
    {
        var page = await File.ReadAllTextAsync(RepositoryFiles.Path("docs", "cli.md"), TestContext.Current.CancellationToken);

        var result = await Tool.RunWithInputAsync("Hello, world!\n", "tokenize", "--model", Tool.DemoModel);

        Assert.Contains(
            $"$ echo \"Hello, world!\" | jina-embeddings tokenize --model models/demo-en\n{result.Output}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_line_is_an_empty_text_and_no_input_gives_no_output()
    {
        Assert.Equal(
            "{\"ids\":[1],\"truncated\":false}\n", (await Tool.RunWithInputAsync("\n", "tokenize", "--model", Tool.DemoModel)).Output);
        Assert.Empty((await Tool.RunAsync("tokenize", "--model", Tool.DemoModel)).Json());
    }

    [Fact]
    public async Task Max_tokens_truncates_and_reports_it()
    {
        var limit = Tokenizer.CountTokens("Hello, world!") - 1;

        var result = await Tool.RunWithInputAsync(
            "Hello, world!\nHello\n", "tokenize", "--model", Tool.DemoModel, "--max-tokens", $"{limit}");

        var lines = result.Json();
        Assert.Equal(Tokenizer.Encode("Hello, world!", limit).Ids, Ids(lines[0]));
        Assert.Equal([true, false], lines.Select(line => line.GetProperty("truncated").GetBoolean()));
    }

    [Fact]
    public async Task The_default_limit_is_that_of_the_model()
    {
        var text = string.Join(' ', Enumerable.Repeat("word", 2000));

        var truncated = Assert.Single((await Tool.RunWithInputAsync(text, "tokenize", "--model", Tool.DemoModel)).Json());
        var whole = Assert.Single(
            (await Tool.RunWithInputAsync(text, "tokenize", "--model", Tool.DemoModel, "--max-tokens", "100000")).Json());

        Assert.Equal(512, Ids(truncated).Length);
        Assert.Equal(1, Ids(truncated)[^1]);
        Assert.True(truncated.GetProperty("truncated").GetBoolean());
        Assert.Equal(Tokenizer.Encode(text, 100_000).Ids, Ids(whole));
    }

    [Fact]
    public async Task The_tokenizer_files_are_enough()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(Tool.DemoModel, "spiece.model"), folder.File("spiece.model"));
        File.WriteAllText(folder.File("sentence_bert_config.json"), "{\"max_seq_length\": 3}");
        File.WriteAllText(folder.File("texts.txt"), "Hello, world!");

        var result = await Tool.RunAsync("tokenize", "--model", folder.Path, "--input", folder.File("texts.txt"));

        Assert.Equal(3, Ids(Assert.Single(result.Json())).Length);
        Assert.Equal(3, Directory.EnumerateFileSystemEntries(folder.Path).Count());
    }

    [Fact]
    public async Task Lines_of_JSON_can_be_strings_with_line_breaks_or_objects()
    {
        var result = await Tool.RunWithInputAsync(
            "\"two\\nlines\"\n{\"text\":\"Hello\"}\n", "tokenize", "--model", Tool.DemoModel, "--jsonl");

        Assert.Equal([Tokenizer.Encode("two\nlines").Ids, Tokenizer.Encode("Hello").Ids], result.Json().Select(Ids));
    }

    [Fact]
    public async Task Two_hundred_thousand_lines_need_little_memory()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.File("texts.txt"), Enumerable.Range(0, 200_000).Select(i => $"text {i}"));
        using var process = Tool.Start("tokenize", "--model", Tool.DemoModel, "--input", folder.File("texts.txt"));
        long lines = 0;
        long largest = 0;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is not null)
        {
            if (++lines % 20_000 == 0 && !process.HasExited)
            {
                process.Refresh();
                largest = Math.Max(largest, process.WorkingSet64);
            }
        }

        Assert.Equal(200_000, lines);
        Assert.InRange(largest, 1, 300L << 20);
    }

    private static int[] Ids(JsonElement line) => [.. line.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
}
