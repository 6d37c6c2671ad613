using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using VectorData.ConformanceTests;
using VectorData.ConformanceTests.Support;

namespace Jina.VectorData.Sqlite.Conformance;

public sealed class SqliteEmbeddingGenerationTests(
    SqliteEmbeddingGenerationTests.Texts texts, SqliteEmbeddingGenerationTests.Vectors vectors)
    : EmbeddingGenerationTests<string>(texts, vectors),
        IClassFixture<SqliteEmbeddingGenerationTests.Texts>,
        IClassFixture<SqliteEmbeddingGenerationTests.Vectors>
{
    public sealed class Texts : StringVectorFixture
    {
        private readonly SqliteTestStore _store = new();

        public override TestStore TestStore => _store;

        public override Func<IServiceCollection, IServiceCollection>[] DependencyInjectionStoreRegistrationDelegates =>
            [services => services.AddJinaSqliteVectorStore(_store.ConnectionString)];

        public override Func<IServiceCollection, IServiceCollection>[] DependencyInjectionCollectionRegistrationDelegates =>
            [services => services.AddJinaSqliteCollection<string, RecordWithAttributes>(CollectionName, _store.ConnectionString)];

        public override VectorStore CreateVectorStore(IEmbeddingGenerator? embeddingGenerator = null) =>
            new SqliteVectorStore(_store.ConnectionString, new() { EmbeddingGenerator = embeddingGenerator });
    }

    public sealed class Vectors : RomOfFloatVectorFixture
    {
        private readonly SqliteTestStore _store = new();

        public override TestStore TestStore => _store;

        public override Func<IServiceCollection, IServiceCollection>[] DependencyInjectionStoreRegistrationDelegates =>
            [services => services.AddJinaSqliteVectorStore(_store.ConnectionString)];

        public override Func<IServiceCollection, IServiceCollection>[] DependencyInjectionCollectionRegistrationDelegates =>
            [services => services.AddJinaSqliteCollection<string, RecordWithAttributes>(CollectionName, _store.ConnectionString)];

        public override VectorStore CreateVectorStore(IEmbeddingGenerator? embeddingGenerator = null) =>
            new SqliteVectorStore(_store.ConnectionString, new() { EmbeddingGenerator = embeddingGenerator });
    }
}
