using VectorData.ConformanceTests;
using VectorData.ConformanceTests.Support;

namespace Jina.VectorData.Sqlite.Conformance;

public sealed class SqliteFilterTests(SqliteFilterTests.SqliteFixture fixture)
    : FilterTests<string>(fixture), IClassFixture<SqliteFilterTests.SqliteFixture>
{
    public sealed class SqliteFixture : Fixture
    {
        public override TestStore TestStore { get; } = new SqliteTestStore();
    }
}
