using VectorData.ConformanceTests;
using VectorData.ConformanceTests.Support;

namespace Jina.VectorData.Sqlite.Conformance;

public sealed class SqliteHybridSearchTests(SqliteHybridSearchTests.OneText oneText, SqliteHybridSearchTests.TwoTexts twoTexts)
    : HybridSearchTests<string>(oneText, twoTexts),
        IClassFixture<SqliteHybridSearchTests.OneText>,
        IClassFixture<SqliteHybridSearchTests.TwoTexts>
{
    public sealed class OneText : VectorAndStringFixture
    {
        public override TestStore TestStore { get; } = new SqliteTestStore();
    }

    public sealed class TwoTexts : MultiTextFixture
    {
        public override TestStore TestStore { get; } = new SqliteTestStore();
    }
}
