using Jina.Embeddings.Tool.Serving;

namespace Jina.Embeddings.Tool.Tests.Serving;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://127.8.9.10:0")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://::1:8080")]
    [InlineData("http://[::ffff:127.0.0.1]:8080")]
    [InlineData("http://localhost:8080")]
    [InlineData("HTTP://LOCALHOST")]
    [InlineData("http://127.0.0.1:8080/")]
    public void Is_loopback_when_only_this_machine_reaches_it(string url) =>
        Assert.Equal(new ServerAddress(url, IsLoopback: true), Assert.Single(ServerAddress.ParseAll(url)));

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://*:8080")]
    [InlineData("http://+:8080")]
    [InlineData("http://[::]:8080")]
    [InlineData("http://192.168.1.2:8080")]
    [InlineData("http://[fe80::1]:8080")]
    [InlineData("http://server.example:8080")]
    [InlineData("http://localhost.example:8080")]
    [InlineData("http://127.0.0.1.example:8080")]
    public void Is_not_loopback_when_others_may_reach_it(string url) => Assert.False(Assert.Single(ServerAddress.ParseAll(url)).IsLoopback);

    [Fact]
    public void Several_are_separated_by_semicolons() =>
        Assert.Equal(["http://127.0.0.1:1", "http://0.0.0.0:2"], ServerAddress.ParseAll("http://127.0.0.1:1; http://0.0.0.0:2;").Select(address => address.Url));

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("8080")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("ftp://127.0.0.1:8080")]
    [InlineData("http://")]
    [InlineData("http://127.0.0.1:80a")]
    [InlineData("http://127.0.0.1:-1")]
    [InlineData("http://127.0.0.1:65536")]
    [InlineData("http://user@127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:8080/base")]
    [InlineData("http://127.0.0.1:8080?a")]
    [InlineData("http://unix:/tmp/socket")]
    [InlineData("http://127.0.0.1:1;nonsense")]
    public void What_cannot_be_listened_on_is_told_with_what_can(string urls) =>
        Assert.Contains("expected http://HOST:PORT", Assert.Throws<FormatException>(() => ServerAddress.ParseAll(urls)).Message, StringComparison.Ordinal);

    [Fact]
    public void TLS_is_left_to_a_proxy() =>
        Assert.Contains("reverse proxy", Assert.Throws<FormatException>(() => ServerAddress.ParseAll("https://127.0.0.1:8080")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_free_port_of_localhost_is_refused_with_the_address_that_works() =>
        Assert.Contains("http://127.0.0.1:0", Assert.Throws<FormatException>(() => ServerAddress.ParseAll("http://localhost:0")).Message, StringComparison.Ordinal);
}
