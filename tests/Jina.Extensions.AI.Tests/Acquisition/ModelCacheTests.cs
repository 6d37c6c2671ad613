using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Acquisition.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class ModelCacheTests
{
    [Fact]
    public void The_option_overrides_the_environment()
    {
        var option = Path.GetFullPath("option");
        Assert.Equal(option, ModelCache.FindRoot(option, HubEnvironment.Read(Variables(("JINA_EMBEDDINGS_CACHE", "other")))));
    }

    [Fact]
    public void The_environment_overrides_the_platform()
    {
        var named = Path.GetFullPath("named");
        Assert.Equal(named, ModelCache.FindRoot(null, HubEnvironment.Read(Variables(("JINA_EMBEDDINGS_CACHE", named)))));
    }

    [Fact]
    public void Linux_follows_the_XDG_rule_for_caches()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux only.");
        Assert.Equal("/x/jina-embeddings", ModelCache.FindRoot(null, HubEnvironment.Read(Variables(("XDG_CACHE_HOME", "/x")))));
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal(
            Path.Combine(home, ".cache", "jina-embeddings"),
            ModelCache.FindRoot(null, HubEnvironment.Read(Variables(("XDG_CACHE_HOME", "relative/is/ignored")))));
    }

    private static Func<string, string?> Variables(params (string Name, string Value)[] variables) =>
        name => variables.FirstOrDefault(variable => variable.Name == name).Value;
}
