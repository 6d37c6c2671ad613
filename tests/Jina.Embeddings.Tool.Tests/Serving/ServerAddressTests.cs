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
    public void An_address_is_loopback_if_only_this_machine_can_reach_it(string url) =>
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
    public void An_address_is_not_loopback_if_other_machines_can_reach_it(string url) =>
        Assert.False(Assert.Single(ServerAddress.ParseAll(url)).IsLoopback);

    [Fact]
    public void Several_addresses_are_separated_by_semicolons() =>
        Assert.Equal(
            ["http://127.0.0.1:1", "http://0.0.0.0:2"],
            ServerAddress.ParseAll("http://127.0.0.1:1; http://0.0.0.0:2;").Select(address => address.Url));

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
    public void An_invalid_address_is_reported_with_the_expected_form(string urls) =>
        Assert.Contains(
            "expected http://HOST:PORT",
            Assert.Throws<FormatException>(() => ServerAddress.ParseAll(urls)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void TLS_needs_a_reverse_proxy() =>
        Assert.Contains(
            "reverse proxy",
            Assert.Throws<FormatException>(() => ServerAddress.ParseAll("https://127.0.0.1:8080")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_free_port_of_localhost_is_rejected_with_the_address_to_use() =>
        Assert.Contains(
            "http://127.0.0.1:0",
            Assert.Throws<FormatException>(() => ServerAddress.ParseAll("http://localhost:0")).Message,
            StringComparison.Ordinal);
}
