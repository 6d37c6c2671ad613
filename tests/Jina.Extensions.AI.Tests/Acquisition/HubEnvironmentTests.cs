using Jina.Extensions.AI.Acquisition;
using Jina.Extensions.AI.Acquisition.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class HubEnvironmentTests
{
    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("Yes", true)]
    [InlineData(" ON ", true)]
    [InlineData("0", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Offline_accepts_the_values_that_Hugging_Face_accepts_as_true(string? value, bool expected) =>
        Assert.Equal(expected, Read(("HF_HUB_OFFLINE", value)).Offline);

    [Fact]
    public void The_Hugging_Face_cache_is_found_by_the_rules_of_its_libraries()
    {
        Assert.Equal("/a", Read(("HF_HUB_CACHE", "/a"), ("HF_HOME", "/b")).HuggingFaceCache);
        Assert.Equal(Path.Combine("/b", "hub"), Read(("HF_HOME", "/b"), ("XDG_CACHE_HOME", "/c")).HuggingFaceCache);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.Equal(Path.Combine(home, ".cache", "huggingface", "hub"), Read().HuggingFaceCache);
    }

    [Fact]
    public void Options_override_the_environment()
    {
        var environment = Read(("HF_ENDPOINT", "https://mirror"), ("HF_TOKEN", "t"), ("HF_HUB_OFFLINE", "1"));
        var settings = StoreSettings.From(new ModelStoreOptions(), environment);
        Assert.Equal(("https://mirror", "t", true), (settings.Endpoint, settings.Token, settings.Offline));

        var options = new ModelStoreOptions { Endpoint = "https://other", Token = "u", Offline = false };
        settings = StoreSettings.From(options, environment);
        Assert.Equal(("https://other", "u", false), (settings.Endpoint, settings.Token, settings.Offline));
        Assert.Equal("https://huggingface.co", StoreSettings.From(new ModelStoreOptions(), Read()).Endpoint);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(86_401)]
    public void A_reach_timeout_out_of_range_is_rejected(int seconds)
    {
        var options = new ModelStoreOptions { ReachTimeout = TimeSpan.FromSeconds(seconds) };
        Assert.Throws<ArgumentOutOfRangeException>(nameof(options), () => StoreSettings.From(options, Read()));
    }

    [Fact]
    public void Printed_settings_do_not_contain_the_token()
    {
        var environment = Read(("HF_TOKEN", "hf_secret"));
        Assert.DoesNotContain(
            "hf_secret", $"{environment} {StoreSettings.From(new ModelStoreOptions(), environment)}", StringComparison.Ordinal);
    }

    private static HubEnvironment Read(params (string Name, string? Value)[] variables) =>
        HubEnvironment.Read(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
