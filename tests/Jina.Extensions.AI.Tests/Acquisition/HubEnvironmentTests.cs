using Jina.Extensions.AI.Acquisition;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Testing;

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

    [Theory]
    [InlineData("HF_HUB_CACHE", "~/x", "{home}/x")]
    [InlineData("HF_HUB_CACHE", "~", "{home}")]
    [InlineData("HF_HUB_CACHE", "$HOME/x", "{home}/x")]
    [InlineData("HF_HUB_CACHE", "${HOME}/x", "{home}/x")]
    [InlineData("HF_HUB_CACHE", "/a/$USER-1/${USER}", "/a/me-1/me")]
    [InlineData("HF_HUB_CACHE", "/a/$UNKNOWN/${UNKNOWN}/${USER", "/a/$UNKNOWN/${UNKNOWN}/${USER")]
    [InlineData("HF_HUB_CACHE", "/a/~/x", "/a/~/x")]
    [InlineData("HF_HUB_CACHE", "$NESTED/x", "/~/$USER/x")]
    [InlineData("HF_HOME", "~/x", "{home}/x/hub")]
    [InlineData("HF_HOME", "${HOME}/x", "{home}/x/hub")]
    [InlineData("HUGGINGFACE_HUB_CACHE", "~/x", "{home}/x")]
    [InlineData("XDG_CACHE_HOME", "$HOME/x", "{home}/x/huggingface/hub")]
    [InlineData("XDG_CACHE_HOME", "~/x", "{home}/x/huggingface/hub")]
    [InlineData("XDG_CACHE_HOME", "relative", "{home}/.cache/huggingface/hub")]
    public void Paths_in_variables_are_expanded_like_in_Python(string name, string value, string expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The paths are those of other systems.");
        Assert.Equal(
            expected.Replace("{home}", "/home/me", StringComparison.Ordinal),
            Read((name, value), ("HOME", "/home/me"), ("USER", "me"), ("NESTED", "/~/$USER")).HuggingFaceCache);
    }

    [Fact]
    public void The_caches_and_the_token_file_are_expanded()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The paths are those of other systems.");
        (string, string?) home = ("HOME", "/home/me");
        Assert.Equal("/home/me/c", Read(home, ("JINA_EMBEDDINGS_CACHE", "~/c")).CacheDirectory);
        Assert.Equal("/home/me/c", Read(home, ("JINA_EMBEDDINGS_CACHE", "$HOME/c")).CacheDirectory);
        Assert.Equal("/home/me/c", Read(home, ("XDG_CACHE_HOME", "${HOME}/c")).XdgCacheHome);
        Assert.Equal("/home/me/t", Read(home, ("HF_TOKEN_PATH", "~/t"), ("HF_HOME", "/b")).TokenFile);
        Assert.Equal("/b/token", Read(home, ("HF_HOME", "/b")).TokenFile);
        Assert.Equal("/home/me/.cache/huggingface/token", Read(home).TokenFile);
    }

    [Fact]
    public void Legacy_names_count_after_the_current_ones()
    {
        Assert.Equal("/new", Read(("HF_HUB_CACHE", "/new"), ("HUGGINGFACE_HUB_CACHE", "/old")).HuggingFaceCache);
        Assert.Equal("/old", Read(("HUGGINGFACE_HUB_CACHE", "/old"), ("HF_HOME", "/b")).HuggingFaceCache);
        Assert.Equal("new", Read(("HF_TOKEN", "new"), ("HUGGING_FACE_HUB_TOKEN", "old")).Token);
        Assert.Equal("old", Read(("HUGGING_FACE_HUB_TOKEN", "old")).Token);
        Assert.True(Read(("TRANSFORMERS_OFFLINE", "1")).Offline);
        Assert.False(Read(("HF_HUB_OFFLINE", "0"), ("TRANSFORMERS_OFFLINE", "1")).Offline);
    }

    [Fact]
    public void The_token_of_a_login_is_sent_unless_a_variable_has_one_or_disables_it()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("token");
        File.WriteAllText(file, " hf_saved\n");
        string? Token(params (string, string?)[] variables) =>
            StoreSettings.From(new ModelStoreOptions(), Read([.. variables, ("HF_TOKEN_PATH", file)])).ReadToken();

        Assert.Equal("hf_saved", Token());
        Assert.Equal("hf_own", Token(("HF_TOKEN", "hf_own")));
        Assert.Null(Token(("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1"), ("HF_TOKEN", "hf_own")));
        Assert.Null(Token(("HF_TOKEN_PATH", folder.File("none"))));
        Assert.Null(StoreSettings.From(new ModelStoreOptions(), Read(("HF_TOKEN_PATH", folder.Path))).ReadToken());
        File.WriteAllText(file, "\n");
        Assert.Null(Token());
        File.WriteAllText(file, new string('x', 5000));
        Assert.Null(Token());
    }

    [Fact]
    public void A_token_file_that_cannot_be_read_is_an_error_that_names_it()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("token");
        using var locked = new FileStream(file, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        locked.Write("hf_saved"u8);
        locked.Flush();
        var settings = StoreSettings.From(new ModelStoreOptions(), Read(("HF_TOKEN_PATH", file)));
        Assert.Contains(file, Assert.Throws<HubException>(settings.ReadToken).Message, StringComparison.Ordinal);
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
