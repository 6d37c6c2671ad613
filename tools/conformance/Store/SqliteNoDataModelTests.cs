using VectorData.ConformanceTests.ModelTests;
using VectorData.ConformanceTests.Support;

namespace Jina.VectorData.Sqlite.Conformance;

public sealed class SqliteNoDataModelTests(SqliteNoDataModelTests.SqliteFixture fixture)
    : NoDataModelTests<string>(fixture), IClassFixture<SqliteNoDataModelTests.SqliteFixture>
{
    public sealed class SqliteFixture : Fixture
    {
        public override TestStore TestStore { get; } = new SqliteTestStore();
    }
}
