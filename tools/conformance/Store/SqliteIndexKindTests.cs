using Microsoft.Extensions.VectorData;
using VectorData.ConformanceTests;
using VectorData.ConformanceTests.Support;

namespace Jina.VectorData.Sqlite.Conformance;

/// <summary>Adds the index kinds that other stores support: a record class must work with all of them.</summary>
public sealed class SqliteIndexKindTests(SqliteIndexKindTests.SqliteFixture fixture)
    : IndexKindTests<string>(fixture), IClassFixture<SqliteIndexKindTests.SqliteFixture>
{
    [Theory]
    [InlineData(IndexKind.QuantizedFlat)]
    [InlineData(IndexKind.Hnsw)]
    [InlineData(IndexKind.IvfFlat)]
    [InlineData(IndexKind.DiskAnn)]
    [InlineData(IndexKind.Dynamic)]
    public Task OtherKinds(string indexKind) => Test(indexKind);

    public sealed class SqliteFixture : Fixture
    {
        public override TestStore TestStore { get; } = new SqliteTestStore();
    }
}
