using Jina.Extensions.AI.Models;
using Jina.Extensions.AI.Tests.Acquisition.Hub;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Acquisition;

/// <summary>Tests models that packages copy beside the application. The folder of a package has the layout of the cache.</summary>
public class PackagedModelTests
{
    [Fact]
    public void The_demo_model_is_a_directory_beside_the_application()
    {
        var demo = JinaEmbeddingModel.Demo;

        Assert.Equal("demo-en", demo.Name);
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "jina-embeddings", "demo-en"), demo.DirectoryPath);
        Assert.Equal(JinaEmbeddingDimensions.Demo, demo.Dimensions);
        Assert.Equal(demo, JinaEmbeddingModel.FromPackage("demo-en"));
        Assert.Equal(demo, JinaEmbeddingModel.Parse("Demo-EN"));
    }

    [Fact]
    public async Task Without_the_package_the_error_is_the_command_that_adds_it()
    {
        var error = await Assert.ThrowsAsync<JinaModelException>(() => JinaEmbeddingGenerator.CreateAsync(
            JinaEmbeddingModel.Demo, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains($"Run 'dotnet add package {PackagedFolder.DemoPackage}' and build again.", error.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(RepositoryFiles.Path("src", PackagedFolder.DemoPackage, $"{PackagedFolder.DemoPackage}.csproj")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("..")]
    [InlineData("a/b")]
    public void A_path_is_not_the_name_of_a_packed_model(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => JinaEmbeddingModel.FromPackage(name));

    [Fact]
    public async Task A_packed_model_of_the_hub_is_found_by_its_name_and_needs_no_cache()
    {
        await using var fixture = await HubFixture.StartAsync();
        await fixture.ResolveAsync();
        Directory.Move(fixture.Cache, fixture.Folder.File("package"));
        var requests = fixture.Hub.Requests.Count;

        var store = fixture.Store(options => options.PackagedFolder = fixture.Folder.File("package"));
        var folder = await store.ResolveAsync(fixture.Model, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(fixture.CommitFolder.Replace(fixture.Cache, fixture.Folder.File("package"), StringComparison.Ordinal), folder);
        Assert.Equal(folder, store.TryLocate(fixture.Model));
        Assert.Equal(folder, await store.RepairAsync(fixture.Model, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(requests, fixture.Hub.Requests.Count);
        Assert.False(Directory.Exists(fixture.Cache));
    }

    [Fact]
    public async Task A_damaged_packed_model_is_reported_and_not_downloaded()
    {
        await using var fixture = await HubFixture.StartAsync();
        var folder = await fixture.ResolveAsync();
        await File.AppendAllTextAsync(Path.Combine(folder, "config.json"), " ", TestContext.Current.CancellationToken);
        var requests = fixture.Hub.Requests.Count;

        var error = await fixture.FailAsync(options => options.PackagedFolder = fixture.Cache);

        Assert.Equal(folder, error.ModelPath);
        Assert.Contains("damaged or missing: config.json. Delete this folder, and build", error.Message, StringComparison.Ordinal);
        Assert.Equal(requests, fixture.Hub.Requests.Count);
    }

    [Fact]
    public async Task A_package_with_another_revision_is_named_in_the_error()
    {
        await using var fixture = await HubFixture.StartAsync();
        fixture.Hub.Branch = "v1.0";
        await fixture.Store().ResolveAsync(
            JinaEmbeddingModel.FromHub("org/model", "v1.0"), cancellationToken: TestContext.Current.CancellationToken);
        Directory.Move(fixture.Cache, fixture.Folder.File("package"));

        var error = await fixture.FailAsync(options =>
            (options.PackagedFolder, options.Offline) = (fixture.Folder.File("package"), true));

        Assert.Contains(
            "A package beside the application has org/model@v1.0. Use a name from this list. ", error.Message, StringComparison.Ordinal);
    }
}
