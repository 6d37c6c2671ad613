using System.Text.Json;
using Jina.Embeddings.Tool.Evaluation;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Evaluation;

public sealed class PublishedModelTests
{
    public static TheoryData<string, string> Results => new(
        from model in (string[])["s", "b"]
        from task in (string[])["sts12", "sts13", "sts14", "sts15", "sts16", "stsb-test", "sick-r", "scifact", "trec-covid"]
        select (model, task));

    [Theory]
    [MemberData(nameof(Results))]
    public void Scores_equal_the_results_in_MTEB(string letter, string task)
    {
        var file = SharedData.RequirePath(
            "published-scores", $"jinaai__jina-embedding-{letter}-en-v1", "external", $"{EvalTasks.Find(task)!.MtebName}.json");
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        var published = json.RootElement.GetProperty("scores").GetProperty("test")[0].GetProperty("main_score").GetDouble();

        Assert.Equal(published, PublishedModel.All.Single(model => model.Letter == letter).Score(task).Mteb!.Value, 0.0000051);
    }

    [Theory]
    [InlineData("jina-embedding-b-en-v1", "b")]
    [InlineData("Jina-Embedding-L-en-v1-int8", "l")]
    [InlineData("demo-en", null)]
    public void A_model_is_found_by_name(string name, string? letter) => Assert.Equal(letter, PublishedModel.Find(name)?.Letter);

    [Fact]
    public void All_tasks_of_the_card_have_a_score() =>
        Assert.All(PublishedModel.All, model => Assert.All(PublishedModel.SeedTasks, task => Assert.NotNull(model.Score(task).Card)));
}
