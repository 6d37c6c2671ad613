using VectorData.ConformanceTests.ModelTests;
using VectorData.ConformanceTests.Support;

namespace Jina.VectorData.Sqlite.Conformance;

public sealed class SqliteDynamicModelTests(SqliteDynamicModelTests.SqliteFixture fixture)
    : DynamicModelTests<string>(fixture), IClassFixture<SqliteDynamicModelTests.SqliteFixture>
{
    public sealed class SqliteFixture : Fixture
    {
        public override TestStore TestStore { get; } = new SqliteTestStore();
    }
}
