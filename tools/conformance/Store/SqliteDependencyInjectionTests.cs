using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VectorData.ConformanceTests;

namespace Jina.VectorData.Sqlite.Conformance;

/// <summary>Registers stores and collections in each way. No test of these opens a file.</summary>
public sealed class SqliteDependencyInjectionTests : DependencyInjectionTests<
    SqliteVectorStore,
    SqliteCollection<string, DependencyInjectionTests<string>.Record>,
    string,
    DependencyInjectionTests<string>.Record>
{
    private const string Memory = "Data Source=:memory:";

    public override IEnumerable<Func<IServiceCollection, object?, ServiceLifetime, IServiceCollection>> StoreDelegates =>
    [
        (services, key, lifetime) => key is null
            ? services.AddJinaSqliteVectorStore(Memory, lifetime: lifetime)
            : services.AddKeyedJinaSqliteVectorStore(key, Memory, lifetime: lifetime),
        (services, key, lifetime) => key is null
            ? services.AddJinaSqliteVectorStore(provider => Read(provider, key), lifetime: lifetime)
            : services.AddKeyedJinaSqliteVectorStore(key, provider => Read(provider, key), lifetime: lifetime),
    ];

    public override IEnumerable<Func<IServiceCollection, object?, string, ServiceLifetime, IServiceCollection>> CollectionDelegates =>
    [
        (services, key, name, lifetime) => key is null
            ? services.AddJinaSqliteCollection<string, Record>(name, Memory, lifetime: lifetime)
            : services.AddKeyedJinaSqliteCollection<string, Record>(key, name, Memory, lifetime: lifetime),
        (services, key, name, lifetime) => key is null
            ? services.AddJinaSqliteCollection<string, Record>(name, provider => Read(provider, key), lifetime: lifetime)
            : services.AddKeyedJinaSqliteCollection<string, Record>(key, name, provider => Read(provider, key), lifetime: lifetime),
    ];

    protected override void PopulateConfiguration(ConfigurationManager configuration, object? serviceKey = null) =>
        configuration.AddInMemoryCollection([new(SettingName(serviceKey), Memory)]);

    private static string Read(IServiceProvider provider, object? serviceKey) =>
        provider.GetRequiredService<IConfiguration>()[SettingName(serviceKey)]!;

    private static string SettingName(object? serviceKey) => CreateConfigKey("Sqlite", serviceKey, "ConnectionString");
}
