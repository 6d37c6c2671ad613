using System.Globalization;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Commands;

public sealed class SimilarityTests
{
    [Fact]
    public async Task Json_has_the_texts_and_a_symmetric_matrix()
    {
        string[] texts = ["How is the weather today?", "What is the current weather like?", "Grüße \"🎉\""];

        var json = Assert.Single((await Tool.RunAsync(["similarity", .. texts, "--model", Tool.DemoModel, "--json"])).Json());

        Assert.Equal(texts, json.GetProperty("texts").EnumerateArray().Select(text => text.GetString()));
        double[][] matrix =
        [
            .. json.GetProperty("similarity").EnumerateArray().Select(
                row => row.EnumerateArray().Select(cell => cell.GetDouble()).ToArray()),
        ];
        Assert.All(matrix, row => Assert.Equal(3, row.Length));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(1, matrix[i][i], 1e-5);
            Assert.All(Enumerable.Range(0, 3), j => Assert.Equal(matrix[j][i], matrix[i][j], 1e-6));
        }

        Assert.True(matrix[0][1] > matrix[0][2]);
    }

    [Theory]
    [InlineData("car", "automobile", "carpet")]
    [InlineData("How do I clean the filter?", "How do I wash the filter?", "How do I order the filter?")]
    [InlineData("The physician cured the patient.", "The doctor healed the sick man.", "The lawyer paid the clerk.")]
    public async Task The_demo_model_ranks_equal_meaning_above_similar_spelling(string text, string same, string other)
    {
        var json = Assert.Single((await Tool.RunAsync("similarity", text, same, other, "--model", Tool.DemoModel, "--json")).Json());

        var row = json.GetProperty("similarity")[0];
        Assert.True(row[1].GetDouble() > row[2].GetDouble());
    }

    [Fact]
    public async Task Int8_cosines_are_close_to_those_of_fp32()
    {
        using var folder = new TemporaryFolder();
        var model = DemoModelCopy.To(folder);
        var fp32 = Assert.Single((await Tool.RunAsync("similarity", "a cat", "a kitten", "--model", model, "--json")).Json());
        var int8 = Assert.Single(
            (await Tool.RunAsync("similarity", "a cat", "a kitten", "--model", model, "--json", "--precision", "int8")).Json());

        var (one, other) = (fp32.GetProperty("similarity")[0][1].GetDouble(), int8.GetProperty("similarity")[0][1].GetDouble());
        Assert.NotEqual(one, other);
        Assert.Equal(one, other, 0.05);
    }

    [Fact]
    public async Task The_table_lists_the_texts_and_the_cosines()
    {
        var json = Assert.Single((await Tool.RunAsync("similarity", "a [red]cat", "a kitten", "--model", Tool.DemoModel, "--json")).Json());
        var table = await Tool.RunAsync("similarity", "a [red]cat", "a kitten", "--model", Tool.DemoModel);

        Assert.Equal((0, ""), (table.ExitCode, table.Error));
        Assert.Contains("1  a [red]cat", table.Output, StringComparison.Ordinal);
        var cosine = json.GetProperty("similarity")[0][1].GetDouble();
        Assert.Contains(cosine.ToString("0.000", CultureInfo.InvariantCulture), table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_texts_are_split_into_several_tables()
    {
        string[] texts = [.. Enumerable.Range(0, 25).Select(i => $"text number {i}")];

        var table = await Tool.RunAsync(["similarity", .. texts, "--model", Tool.DemoModel]);

        Assert.Equal(25, table.Output.Split("1.000").Length - 1);
        Assert.All(table.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task A_mistyped_option_is_not_compared() =>
        (await Tool.RunAsync("similarity", "a", "b", "--josn", "--model", Tool.DemoModel)).AssertFailed(2, "'--josn'");

    [Fact]
    public async Task After_two_dashes_a_text_can_begin_with_a_dash()
    {
        var json = Assert.Single(
            (await Tool.RunAsync("similarity", "--json", "--model", Tool.DemoModel, "--", "-5 degrees", "@home")).Json());

        Assert.Equal(["-5 degrees", "@home"], json.GetProperty("texts").EnumerateArray().Select(text => text.GetString()));
    }

    [Fact]
    public async Task No_text_is_wrong_usage() =>
        (await Tool.RunAsync("similarity", "--model", Tool.DemoModel)).AssertFailed(2, "got 0", "at least 2");

    [Fact]
    public async Task One_text_cannot_be_compared() =>
        (await Tool.RunAsync("similarity", "alone", "--model", Tool.DemoModel)).AssertFailed(2, "got 1", "at least 2");
}
