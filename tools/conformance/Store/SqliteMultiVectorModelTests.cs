using VectorData.ConformanceTests.ModelTests;
using VectorData.ConformanceTests.Support;

namespace Jina.VectorData.Sqlite.Conformance;

public sealed class SqliteMultiVectorModelTests(SqliteMultiVectorModelTests.SqliteFixture fixture)
    : MultiVectorModelTests<string>(fixture), IClassFixture<SqliteMultiVectorModelTests.SqliteFixture>
{
    public sealed class SqliteFixture : Fixture
    {
        public override TestStore TestStore { get; } = new SqliteTestStore();
    }
}
