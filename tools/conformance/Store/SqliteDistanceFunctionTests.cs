using VectorData.ConformanceTests;
using VectorData.ConformanceTests.Support;

namespace Jina.VectorData.Sqlite.Conformance;

public sealed class SqliteDistanceFunctionTests(SqliteDistanceFunctionTests.SqliteFixture fixture)
    : DistanceFunctionTests<string>(fixture), IClassFixture<SqliteDistanceFunctionTests.SqliteFixture>
{
    public sealed class SqliteFixture : Fixture
    {
        public override TestStore TestStore { get; } = new SqliteTestStore();
    }
}
