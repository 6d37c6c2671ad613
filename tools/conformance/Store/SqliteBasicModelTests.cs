using VectorData.ConformanceTests.ModelTests;
using VectorData.ConformanceTests.Support;

namespace Jina.VectorData.Sqlite.Conformance;

public sealed class SqliteBasicModelTests(SqliteBasicModelTests.SqliteFixture fixture)
    : BasicModelTests<string>(fixture), IClassFixture<SqliteBasicModelTests.SqliteFixture>
{
    public sealed class SqliteFixture : Fixture
    {
        public override TestStore TestStore { get; } = new SqliteTestStore();
    }
}
