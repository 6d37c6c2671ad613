using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Serving;

/// <summary>Runs two servers that allow an origin and a host for all tests of a class: one without keys and one with a key.</summary>
public sealed class OpenServer : IAsyncLifetime
{
    internal const string Origin = "https://app.example";
    internal const string Host = "embeddings.test";
    internal const string Key = "a-key-of-this-test";

    private static readonly string[] Options =
    [
        "--cors", $"{Origin}/", "--cors", "chrome-extension://abcdef", "--allowed-host", Host, "--allowed-host", "2001:DB8:0:0::1",
    ];

    internal ServeProcess Keyless { get; private set; } = null!;

    internal ServeProcess Keyed { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Keyless = await ServeProcess.StartAsync(Options);
        Keyed = await ServeProcess.StartAsync([.. Options, "--api-key", Key]);
    }

    public async ValueTask DisposeAsync()
    {
        await Keyless.DisposeAsync();
        await Keyed.DisposeAsync();
    }
}
