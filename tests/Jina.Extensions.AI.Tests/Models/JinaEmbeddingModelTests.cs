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
            + "jina-embedding-l-en-v1, an existing directory in Hugging Face layout, or org/name on the hub, "
            + $"also with a revision (org/name@revision). The directory {Path.GetFullPath(written)} does not exist.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bert")]
    [InlineData("x")]
    [InlineData("all-MiniLM-L6-v2")]
    [InlineData("text-embedding-3-small")]
    [InlineData("nomic-embed-text-v1")]
    [InlineData("some/folder/of/models")]
    [InlineData("jina")]
    public void A_name_that_is_not_similar_to_a_published_one_has_no_suggestion(string written) => Assert.StartsWith(
        $"The model '{written}' was not found. A model is one of ",
        Assert.Throws<ArgumentException>("value", () => JinaEmbeddingModel.Parse(written)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_long_name_is_compared_in_no_time()
    {
        var error = Assert.Throws<ArgumentException>("value", () => JinaEmbeddingModel.Parse(new string('x', 10_000_000)));
        Assert.DoesNotContain("Did you mean", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme/x@v1.0", "acme/x", "v1.0")]
    [InlineData("acme/x@refs/pr/2", "acme/x", "refs/pr/2")]
    [InlineData("acme/x@0123456789abcdef0123456789abcdef01234567", "acme/x", "0123456789abcdef0123456789abcdef01234567")]
    [InlineData("jina-embedding-l-en-v1@v1", "jina-embedding-l-en-v1", "v1")]
    [InlineData("JinaAI/Jina-Embedding-L-en-v1@v1", "jina-embedding-l-en-v1", "v1")]
    public void A_name_can_have_a_revision(string written, string name, string revision)
    {
        var model = JinaEmbeddingModel.Parse(written);
        Assert.Equal((name, revision), (model.Name, model.Revision));
        Assert.Equal(model, JinaEmbeddingModel.FromHub(model.Repository!, revision));
        Assert.Equal($"{name}@{revision}", model.ToString());
    }

    [Theory]
    [InlineData("acme/x@")]
    [InlineData("acme/x@a b")]
    [InlineData("acme/x@v1@v2")]
    [InlineData("acme/x@../../etc")]
    [InlineData("acme/x@/v1")]
    [InlineData("jina-embedding-s-en-v1@~1")]
    public void A_revision_that_the_hub_does_not_allow_is_rejected(string written)
    {
        var error = Assert.Throws<ArgumentException>("value", () => JinaEmbeddingModel.Parse(written));
        Assert.StartsWith($"'{written.Split('@', 2)[1]}' is not a revision.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme@v1")]
    [InlineData("@v1")]
    [InlineData("a/b/c@v1")]
    [InlineData("a\0b")]
    public void A_revision_does_not_make_a_name(string written) => Assert.Contains(
        "was not found",
        Assert.Throws<ArgumentException>("value", () => JinaEmbeddingModel.Parse(written)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void A_directory_with_an_at_sign_is_a_directory()
    {
        using var folder = new TemporaryFolder();
        var directory = Directory.CreateDirectory(folder.File("acme", "x@v1")).FullName;
        Assert.Equal(directory, JinaEmbeddingModel.Parse("acme/x@v1", folder.Path).DirectoryPath);
    }

    [Fact]
    public void The_revision_of_a_model_can_be_chosen_once()
    {
        Assert.Equal(JinaEmbeddingModel.FromHub("acme/x", "v1"), JinaEmbeddingModel.Parse("acme/x").At("v1"));
        Assert.Equal(JinaEmbeddingModel.FromHub("acme/x", "v1"), JinaEmbeddingModel.Parse("acme/x@v1").At("v1"));
        Assert.Equal("v1", JinaEmbeddingModel.SmallEnV1.At("v1").Revision);
        Assert.Contains(
            "acme/x@v1 already has a revision, which differs from 'v2'",
            Assert.Throws<ArgumentException>("revision", () => JinaEmbeddingModel.Parse("acme/x@v1").At("v2")).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("revision", () => JinaEmbeddingModel.FromDirectory("x").At("v1"));
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
        [
            JinaEmbeddingModel.LargeEnV1, JinaEmbeddingModel.FromHub("a/b"), JinaEmbeddingModel.FromHub("a/b", "v1"),
            JinaEmbeddingModel.FromHub("jinaai/jina-embedding-s-en-v1"), JinaEmbeddingModel.FromDirectory(folder.Path),
        ];
        Assert.All(models, model => Assert.Equal(model, JinaEmbeddingModel.Parse(model.ToString())));
    }
}
