using Microsoft.Extensions.Configuration;

namespace Jina.Extensions.AI.Tests.DependencyInjection;

/// <summary>Creates configuration as an appsettings.json would, in a section named Jina.</summary>
internal static class Settings
{
    public static IConfigurationSection Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create($"Jina:{pair.Key}", (string?)pair.Value)))
        .Build()
        .GetSection("Jina");
}
