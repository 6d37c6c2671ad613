using VectorData.ConformanceTests.ModelTests;
using VectorData.ConformanceTests.Support;

namespace Jina.VectorData.Sqlite.Conformance;

public sealed class SqliteNoVectorModelTests(SqliteNoVectorModelTests.SqliteFixture fixture)
    : NoVectorModelTests<string>(fixture), IClassFixture<SqliteNoVectorModelTests.SqliteFixture>
{
    public sealed class SqliteFixture : Fixture
    {
        public override TestStore TestStore { get; } = new SqliteTestStore();
    }
}
