using System.Text;
using System.Text.Json;
using Jina.Extensions.AI;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Commands;

public sealed class EmbedTests
{
    [Fact]
    public async Task Each_line_has_index_tokens_and_the_vector_of_the_generator()
    {
        string[] texts = ["a longer text than the ones that follow it", "", "Grüße 🎉", "x"];
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(
            JinaEmbeddingModel.FromDirectory(Tool.DemoModel), cancellationToken: TestContext.Current.CancellationToken);
        var expected = await generator.EncodeAsync(texts);
        var tokenizer = await generator.GetTokenizerAsync(TestContext.Current.CancellationToken);

        var lines = (await Tool.RunWithInputAsync(string.Join('\n', texts), "embed", "--model", Tool.DemoModel)).Json();

        Assert.Equal(texts.Length, lines.Count);
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(["index", "tokens", "embedding"], lines[i].EnumerateObject().Select(property => property.Name));
            Assert.Equal(i, lines[i].GetProperty("index").GetInt32());
            Assert.Equal(tokenizer.Encode(texts[i]).Ids.Count, lines[i].GetProperty("tokens").GetInt32());
            Tolerance.SameModel.AssertEqual(expected[i], Vector(lines[i]));
        }
    }

    [Fact]
    public async Task Order_and_index_are_kept_across_many_windows()
    {
        string[] texts = [.. Enumerable.Range(0, 1300).Select(i => i % 7 == 0 ? "" : $"text {i % 11}")];

        var lines = (await Tool.RunWithInputAsync(string.Join('\n', texts), "embed", "--model", Tool.DemoModel)).Json();

        Assert.Equal(Enumerable.Range(0, texts.Length), lines.Select(line => line.GetProperty("index").GetInt32()));
        foreach (var same in lines.Zip(texts).GroupBy(pair => pair.Second, pair => Vector(pair.First)))
        {
            var first = same.First();
            Assert.All(same, vector => Tolerance.SameModel.AssertEqual(first, vector));
        }
    }

    [Fact]
    public async Task Vectors_have_unit_length_by_default()
    {
        var unit = Assert.Single((await Tool.RunWithInputAsync("Hello", "embed", "--model", Tool.DemoModel, "--normalize", "true")).Json());
        string[] arguments = ["embed", "--model", Tool.DemoModel, "--normalize", "false", "--precision", "fp32"];
        var own = Assert.Single((await Tool.RunWithInputAsync("Hello", arguments)).Json());

        Assert.Equal(1, Length(unit), 1e-5);
        Assert.NotEqual(1, Length(own), 1e-2);
        Assert.Equal(1, Vector(unit).CosineSimilarity(Vector(own)), 1e-5);
    }

    [Fact]
    public async Task A_truncated_text_counts_only_the_tokens_of_the_model()
    {
        var text = string.Join(' ', Enumerable.Repeat("word", 600));

        var result = await Tool.RunWithInputAsync($"short\n{text}", "embed", "--model", Tool.DemoModel);

        Assert.Equal([2, 512], result.Lines().Select(line => line.GetProperty("tokens").GetInt32()));
        Assert.Equal("1 of 2 texts had more than 512 tokens. They were truncated.\n", result.Error);
    }

    [Fact]
    public async Task UTF16_input_has_the_vectors_of_UTF8_input()
    {
        const string Text = "Grüße 🎉\nsecond line\n";
        var utf8 = await Tool.RunWithInputAsync(Text, "embed", "--model", Tool.DemoModel);

        var utf16 = await Tool.RunWithInputAsync(
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)], "embed", "--model", Tool.DemoModel);

        Assert.Equal(2, utf8.Json().Count);
        Assert.Equal(utf8.Output, utf16.Output);
    }

    [Fact]
    public async Task No_input_gives_no_output() => Assert.Empty((await Tool.RunAsync("embed", "--model", Tool.DemoModel)).Json());

    [Fact]
    public async Task Int8_vectors_are_close_to_fp32_and_equal_those_of_the_generator()
    {
        using var folder = new TemporaryFolder();
        var model = DemoModelCopy.To(folder);
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(
            new JinaEmbeddingOptions { Model = JinaEmbeddingModel.FromDirectory(Tool.DemoModel), Precision = Precision.Int8 },
            cancellationToken: TestContext.Current.CancellationToken);
        var expected = await generator.EncodeAsync("How is the weather today?");

        var int8 = Assert.Single(
            (await Tool.RunWithInputAsync("How is the weather today?", "embed", "--model", model, "--precision", "int8")).Json());
        var fp32 = Assert.Single((await Tool.RunWithInputAsync("How is the weather today?", "embed", "--model", model)).Json());

        Tolerance.SameModel.AssertEqual(expected[0], Vector(int8));
        Assert.InRange(Vector(int8).CosineSimilarity(Vector(fp32)), 0.99f, 0.999999f);
    }

    [Fact]
    public async Task A_damaged_model_is_reported_with_the_name_of_the_file()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])["config.json", "spiece.model"])
        {
            File.Copy(Path.Combine(Tool.DemoModel, file), folder.File(file));
        }

        (await Tool.RunWithInputAsync("x", "embed", "--model", folder.Path)).AssertFailed(1, folder.Path, "no weights");
        File.WriteAllText(folder.File("model.safetensors"), "not a safetensors file");
        (await Tool.RunWithInputAsync("x", "embed", "--model", folder.Path)).AssertFailed(1, folder.File("model.safetensors"));
    }

    private static ReadOnlyMemory<float> Vector(JsonElement line) =>
        line.GetProperty("embedding").EnumerateArray().Select(component => component.GetSingle()).ToArray();

    private static double Length(JsonElement line) => Math.Sqrt(Vector(line).ToArray().Sum(x => (double)x * x));
}
