using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Jina.Aspire.Tests.Embeddings;

/// <summary>Creates builders of apps with a configuration.</summary>
internal static class ClientHost
{
    public static HostApplicationBuilder Create(params (string Key, string? Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(configuration.Select(item => KeyValuePair.Create(item.Key, item.Value)));
        return builder;
    }
}
