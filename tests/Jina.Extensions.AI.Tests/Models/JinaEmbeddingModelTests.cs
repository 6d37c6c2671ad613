using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Models;

public class JinaEmbeddingModelTests
{
    [Fact]
    public void The_catalog_has_the_dimensions_without_loading()
    {
        Assert.Equal(512, JinaEmbeddingModel.SmallEnV1.Dimensions);
        Assert.Equal(768, JinaEmbeddingModel.BaseEnV1.Dimensions);
        Assert.Equal(1024, JinaEmbeddingModel.LargeEnV1.Dimensions);
    }

    [Theory]
    [InlineData("jina-embedding-s-en-v1")]
    [InlineData("jinaai/jina-embedding-s-en-v1")]
    [InlineData("JinaAI/Jina-Embedding-S-En-V1")]
    public void Catalog_names_parse_with_and_without_the_organization(string written) =>
        Assert.Equal(JinaEmbeddingModel.SmallEnV1, JinaEmbeddingModel.Parse(written));

    [Fact]
    public void An_existing_directory_parses_to_its_absolute_path()
    {
        using var folder = new TemporaryFolder();
        var model = JinaEmbeddingModel.Parse(folder.Path + Path.DirectorySeparatorChar);
        Assert.Equal(folder.Path, model.DirectoryPath);
        Assert.Equal(Path.GetFileName(folder.Path), model.Name);
        Assert.Equal(JinaEmbeddingModel.FromDirectory(folder.Path), model);
        Assert.Null(model.Dimensions);
    }

    [Fact]
    public void Another_repository_parses_to_its_main_branch()
    {
        var model = JinaEmbeddingModel.Parse("sentence-transformers/sentence-t5-base");
        Assert.Equal(JinaEmbeddingModel.FromHub("sentence-transformers/sentence-t5-base"), model);
        Assert.Equal("main", model.Revision);
        Assert.Null(model.Dimensions);
    }

    [Theory]
    [InlineData("jina-embedding-small-en-v1", "jina-embedding-s-en-v1")]
    [InlineData("jina-embeddings-b-en-v1", "jina-embedding-b-en-v1")]
    [InlineData("jina-embedding-L", "jina-embedding-l-en-v1")]
    [InlineData("./models/jina-embedding-b-en-v2", "jina-embedding-b-en-v1")]
    public void An_unknown_name_is_rejected_with_the_nearest_name_and_the_accepted_forms(string written, string nearest)
    {
        var error = Assert.Throws<ArgumentException>("value", () => JinaEmbeddingModel.Parse(written));
        Assert.StartsWith(
            $"The model '{written}' was not found. Did you mean {nearest}? A model is one of jina-embedding-s-en-v1, "
            + "jina-embedding-b-en-v1, "
            + "jina-embedding-l-en-v1, an existing directory in Hugging Face layout, or org/name on the hub.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("org/..")]
    [InlineData("../name")]
    [InlineData("org/name/more")]
    [InlineData("org/na..me")]
    [InlineData("org\\name")]
    [InlineData("org/name\n")]
    public void A_repository_that_could_leave_the_cache_is_rejected(string repository) =>
        Assert.Throws<ArgumentException>(nameof(repository), () => JinaEmbeddingModel.FromHub(repository));

    [Theory]
    [InlineData("../main")]
    [InlineData("/main")]
    [InlineData("ma in")]
    [InlineData("refs/../../x")]
    public void A_revision_that_could_leave_the_cache_is_rejected(string revision) =>
        Assert.Throws<ArgumentException>(nameof(revision), () => JinaEmbeddingModel.FromHub("org/name", revision));

    [Fact]
    public void Equality_is_by_value_and_includes_the_revision()
    {
        Assert.Equal(JinaEmbeddingModel.FromHub("a/b", "r1"), JinaEmbeddingModel.FromHub("a/b", "r1"));
        Assert.Equal(JinaEmbeddingModel.FromHub("a/b", "r1").GetHashCode(), JinaEmbeddingModel.FromHub("a/b", "r1").GetHashCode());
        Assert.NotEqual(JinaEmbeddingModel.FromHub("a/b", "r1"), JinaEmbeddingModel.FromHub("a/b", "r2"));
    }

    [Fact]
    public void The_result_of_ToString_parses_back()
    {
        using var folder = new TemporaryFolder();
        JinaEmbeddingModel[] models =
            [JinaEmbeddingModel.LargeEnV1, JinaEmbeddingModel.FromHub("a/b"), JinaEmbeddingModel.FromDirectory(folder.Path)];
        Assert.All(models, model => Assert.Equal(model, JinaEmbeddingModel.Parse(model.ToString())));
    }
}
