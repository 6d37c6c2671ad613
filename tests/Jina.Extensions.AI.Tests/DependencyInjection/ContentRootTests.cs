using Jina.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Jina.Extensions.AI.Tests.DependencyInjection;

/// <summary>Tests relative paths in the configuration of a host that runs in another directory, as under a service manager.</summary>
public sealed class ContentRootTests
{
    [Theory]
    [InlineData("models/demo")]
    [InlineData("./models/demo")]
    [InlineData("models/../models/demo/")]
    public void A_relative_model_directory_is_inside_the_content_root(string written)
    {
        using var root = new TemporaryFolder();
        var directory = Directory.CreateDirectory(root.File("models", "demo")).FullName;
        Assert.Equal(directory, Read(root.Path, ("Model", written)).Model.DirectoryPath);
    }

    [Fact]
    public void An_absolute_path_stays()
    {
        using var root = new TemporaryFolder();
        var options = Read(root.Path, ("Model", DemoModel.Folder), ("CacheDirectory", DemoModel.Folder));
        Assert.Equal((DemoModel.Folder, DemoModel.Folder), (options.Model.DirectoryPath, options.CacheDirectory));
    }

    [Fact]
    public void A_relative_cache_directory_is_inside_the_content_root()
    {
        using var root = new TemporaryFolder();
        Assert.Equal(root.File("cache", "models"), Read(root.Path, ("CacheDirectory", "cache/models")).CacheDirectory);
    }

    [Fact]
    public void The_error_has_the_whole_path_of_a_missing_directory()
    {
        using var root = new TemporaryFolder();
        var error = Assert.Throws<OptionsValidationException>(() => Read(root.Path, ("Model", "./models/none")));
        Assert.EndsWith(
            $" The directory {root.File("models", "none")} does not exist.", Assert.Single(error.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_directory_that_could_be_a_repository_is_named_when_the_download_fails()
    {
        using var root = new TemporaryFolder();
        using var host = Build(root.Path, ("Model", "models/none"), ("CacheDirectory", "cache"), ("Offline", "true"));
        var error = await Assert.ThrowsAsync<JinaModelException>(
            () => host.Services.GetRequiredService<JinaEmbeddingGenerator>().WarmUpAsync(TestContext.Current.CancellationToken));
        Assert.Contains($"The directory {root.File("models", "none")} does not exist.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_in_code_is_relative_to_the_current_directory()
    {
        using var root = new TemporaryFolder();
        var model = JinaEmbeddingModel.FromDirectory("models/none");
        Assert.Equal(Path.GetFullPath("models/none"), model.DirectoryPath);
    }

    private static JinaEmbeddingOptions Read(string root, params (string Key, string Value)[] values)
    {
        using var host = Build(root, values);
        return host.Services.GetRequiredService<IOptions<JinaEmbeddingOptions>>().Value;
    }

    private static IHost Build(string root, params (string Key, string Value)[] values)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = root });
        builder.Services.AddJinaEmbeddings(Settings.Section(values));
        return builder.Build();
    }
}
