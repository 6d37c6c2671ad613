using Jina.Embeddings.Tool.Serving;

namespace Jina.Embeddings.Tool.Tests.Serving;

public sealed class WebOriginTests
{
    [Theory]
    [InlineData("https://app.example", "https://app.example")]
    [InlineData("https://App.Example/", "https://app.example")]
    [InlineData("HTTPS://app.example:443", "https://app.example")]
    [InlineData("http://app.example:3000", "http://app.example:3000")]
    [InlineData("http://[::1]:3000", "http://[::1]:3000")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example")]
    [InlineData("chrome-extension://abcdefgh", "chrome-extension://abcdefgh")]
    [InlineData("tauri://localhost", "tauri://localhost")]
    [InlineData("*", "*")]
    public void An_origin_is_read_as_browsers_send_it(string value, string origin) => Assert.Equal(origin, WebOrigin.Parse(value));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("app.example")]
    [InlineData("localhost:3000")]
    [InlineData("https://")]
    [InlineData("https:app.example")]
    [InlineData("file:///")]
    [InlineData("https://user@app.example")]
    [InlineData("https://app.example/page")]
    [InlineData("https://app.example?a")]
    [InlineData("https://app.example#a")]
    [InlineData("https://app.example:99999")]
    [InlineData("https://*.example")]
    public void A_value_that_is_not_an_origin_is_rejected_with_the_expected_form(string value) =>
        Assert.Contains(
            "expected SCHEME://HOST", Assert.Throws<FormatException>(() => WebOrigin.Parse(value)).Message, StringComparison.Ordinal);
}
