using VectorData.ConformanceTests;

namespace Jina.VectorData.Sqlite.Conformance;

public sealed class SqliteCollectionManagementTests(SqliteFixture fixture)
    : CollectionManagementTests<string>(fixture), IClassFixture<SqliteFixture>;
