using VectorData.ConformanceTests.Support;
using VectorData.ConformanceTests.TypeTests;

namespace Jina.VectorData.Sqlite.Conformance;

public sealed class SqliteDataTypeTests(SqliteDataTypeTests.SqliteFixture fixture)
    : DataTypeTests<string, DataTypeTests<string>.DefaultRecord>(fixture), IClassFixture<SqliteDataTypeTests.SqliteFixture>
{
    public sealed class SqliteFixture : Fixture
    {
        public override TestStore TestStore { get; } = new SqliteTestStore();
    }
}
