using Jina.Embeddings.Tool.Serving;

namespace Jina.Embeddings.Tool.Tests.Serving;

public sealed class HostNameTests
{
    [Theory]
    [InlineData("embeddings.example", "embeddings.example")]
    [InlineData("my-machine", "my-machine")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("192.168.1.7", "192.168.1.7")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("2001:DB8:0:0::1", "2001:db8::1")]
    public void A_name_or_address_is_accepted(string value, string name) => Assert.Equal(name, HostName.Parse(value));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("*.example")]
    [InlineData("embeddings.example:8080")]
    [InlineData("http://embeddings.example")]
    [InlineData("embeddings.example/path")]
    [InlineData("2001:db8::/64")]
    public void Other_values_are_rejected(string value) =>
        Assert.Contains(
            "expected a host name", Assert.Throws<FormatException>(() => HostName.Parse(value)).Message, StringComparison.Ordinal);
}
