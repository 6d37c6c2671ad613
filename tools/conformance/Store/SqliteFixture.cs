using VectorData.ConformanceTests.Support;

namespace Jina.VectorData.Sqlite.Conformance;

/// <summary>Provides an empty store.</summary>
public sealed class SqliteFixture : VectorStoreFixture
{
    public override TestStore TestStore { get; } = new SqliteTestStore();
}
