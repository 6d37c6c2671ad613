using VectorData.ConformanceTests.Support;
using VectorData.ConformanceTests.TypeTests;

namespace Jina.VectorData.Sqlite.Conformance;

/// <summary>Adds the key types that the suite leaves to the stores.</summary>
public sealed class SqliteKeyTypeTests(SqliteKeyTypeTests.SqliteFixture fixture)
    : KeyTypeTests(fixture), IClassFixture<SqliteKeyTypeTests.SqliteFixture>
{
    [Fact]
    public Task StringKeys() => Test<string>("first", "second");

    [Fact]
    public Task IntKeys() => Test<int>(8, supportsAutoGeneration: true);

    [Fact]
    public Task LongKeys() => Test<long>(1L << 40, supportsAutoGeneration: true);

    [Fact]
    public Task ShortKeys() => Test<short>(8);

    public sealed class SqliteFixture : Fixture
    {
        public override TestStore TestStore { get; } = new SqliteTestStore();
    }
}
