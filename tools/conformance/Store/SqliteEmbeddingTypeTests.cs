using VectorData.ConformanceTests.Support;
using VectorData.ConformanceTests.TypeTests;

namespace Jina.VectorData.Sqlite.Conformance;

public sealed class SqliteEmbeddingTypeTests(SqliteEmbeddingTypeTests.SqliteFixture fixture)
    : EmbeddingTypeTests<string>(fixture), IClassFixture<SqliteEmbeddingTypeTests.SqliteFixture>
{
    public sealed class SqliteFixture : Fixture
    {
        public override TestStore TestStore { get; } = new SqliteTestStore();
    }
}
