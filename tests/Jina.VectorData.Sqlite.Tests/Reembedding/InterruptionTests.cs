using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Reembedding;

/// <summary>Tests that an interrupted re-embedding continues, and that it does not change the collection before it ends.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const int Batch = 256;

    private readonly ArticleFile _file = new();
    private readonly ModelGenerator _old = new("old", 16);
    private readonly ModelGenerator _new = new("new", 32);

    public void Dispose()
    {
        _file.Dispose();
        _old.Dispose();
        _new.Dispose();
    }

    [Fact]
    public async Task After_a_cancellation_another_process_embeds_only_the_other_records()
    {
        await _file.CreateAsync(_old, 700);
        using var cancellation = new CancellationTokenSource();
        _new.Before = done => done == 2 * Batch ? cancellation.CancelAsync() : Task.CompletedTask;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _file.Open(_new).ReembedAsync(cancellationToken: cancellation.Token));
        using var restarted = new ModelGenerator("new", 32);
        var articles = _file.Open(restarted);
        var progress = new ListProgress();

        await articles.ReembedAsync(progress);

        Assert.Equal(Article.Many(2 * Batch, 700 - (2 * Batch)).Select(article => article.Text), restarted.Texts);
        Assert.Equal([(512, 700), (700, 700)], progress.Reports);
        await ArticleFile.AssertFoundAsync(articles, 0, 511, 512, 699);
    }

    [Fact]
    public async Task After_a_failure_of_the_generator_the_next_call_continues()
    {
        await _file.CreateAsync(_old, 300);
        var articles = _file.Open(_new);
        _new.Before = done => done == Batch ? throw new HttpRequestException("gone") : Task.CompletedTask;

        await Assert.ThrowsAsync<HttpRequestException>(() => articles.ReembedAsync());
        _new.Before = _ => Task.CompletedTask;
        await articles.ReembedAsync();

        Assert.Equal(300, _new.Texts.Count);
        await ArticleFile.AssertFoundAsync(articles, 0, 299);
    }

    [Fact]
    public async Task Until_the_end_searches_use_the_old_vectors_and_reject_the_new_model()
    {
        var before = await _file.CreateAsync(_old, 600);
        var articles = _file.Open(_new);
        var checks = 0;
        _new.Before = async _ =>
        {
            await ArticleFile.AssertFoundAsync(before, 0, 599);
            await ArticleFile.AssertFoundAsync(_file.Open(_old), 300);
            await Assert.ThrowsAsync<VectorStoreException>(() => _file.Open(_new).EnsureCollectionExistsAsync());
            checks++;
        };

        await articles.ReembedAsync();

        Assert.Equal(3, checks);
        _new.Before = _ => Task.CompletedTask;
        await ArticleFile.AssertFoundAsync(articles, 0, 599);
    }

    [Fact]
    public async Task A_wrong_number_of_dimensions_changes_nothing()
    {
        var before = await _file.CreateAsync(_old, 3);
        var definition = Article.Define(_new);
        definition.Properties.OfType<VectorStoreVectorProperty>().Single().Dimensions = 33;
        var articles = new SqliteCollection<string, Article>(_file.ConnectionString, "articles", new() { Definition = definition });

        await Assert.ThrowsAsync<ArgumentException>(() => articles.ReembedAsync());

        await ArticleFile.AssertFoundAsync(before, 0, 1, 2);
    }

    [Fact]
    public async Task Another_model_starts_from_the_first_record()
    {
        await _file.CreateAsync(_old, 300);
        _new.Before = done => done == Batch ? throw new HttpRequestException("gone") : Task.CompletedTask;
        await Assert.ThrowsAsync<HttpRequestException>(() => _file.Open(_new).ReembedAsync());
        using var third = new ModelGenerator("third", 32);

        await _file.Open(third).ReembedAsync();

        Assert.Equal(300, third.Texts.Count);
        await ArticleFile.AssertFoundAsync(_file.Open(third), 0, 299);
    }

    [Theory]
    [InlineData("UPDATE vectordata_reembeddings SET vectors = '{'")]
    [InlineData("UPDATE vectordata_reembeddings SET vectors = '[null]'")]
    [InlineData("UPDATE vectordata_reembeddings SET last_id = 'x'")]
    [InlineData("DELETE FROM vectordata_reembeddings")]
    [InlineData("DROP TABLE vectordata_reembeddings")]
    [InlineData("DROP TABLE \"articles::next::Embedding\"")]
    public async Task A_damaged_state_starts_from_the_first_record(string damage)
    {
        await _file.CreateAsync(_old, 300);
        _new.Before = done => done == Batch ? throw new HttpRequestException("gone") : Task.CompletedTask;
        await Assert.ThrowsAsync<HttpRequestException>(() => _file.Open(_new).ReembedAsync());
        _file.Execute(damage);
        using var restarted = new ModelGenerator("new", 32);

        await _file.Open(restarted).ReembedAsync();

        Assert.Equal(300, restarted.Texts.Count);
        await ArticleFile.AssertFoundAsync(_file.Open(restarted), 0, 299);
    }

    [Fact]
    public async Task An_interrupted_collection_can_be_deleted_and_created_again()
    {
        var before = await _file.CreateAsync(_old, 300);
        _new.Before = done => done == Batch ? throw new HttpRequestException("gone") : Task.CompletedTask;
        await Assert.ThrowsAsync<HttpRequestException>(() => _file.Open(_new).ReembedAsync());

        await before.EnsureCollectionDeletedAsync();
        Assert.Equal(0L, _file.Execute("SELECT count(*) FROM sqlite_master WHERE name LIKE 'articles%'"));
        await _file.CreateAsync(_old, 10);
        _new.Before = _ => Task.CompletedTask;
        await _file.Open(_new).ReembedAsync();

        Assert.Equal(Batch + 10, _new.Texts.Count);
        await ArticleFile.AssertFoundAsync(_file.Open(_new), 0, 9);
        Assert.Equal(0L, _file.Execute("SELECT count(*) FROM vectordata_reembeddings"));
    }

    [Fact]
    public async Task A_cancellation_in_the_last_transaction_keeps_all_old_vectors_or_replaces_all_of_them()
    {
        using var store = new SqliteVectorStore(_file.ConnectionString);
        await _file.CreateAsync(_old, 10);
        var current = _old;
        for (var i = 0; i < 100; i++)
        {
            var next = new ModelGenerator($"model {i}", 16 + (i % 3));
            using var cancellation = new CancellationTokenSource();
            next.Before = _ =>
            {
                cancellation.CancelAfter(TimeSpan.FromMicroseconds(i * 50));
                return Task.CompletedTask;
            };

            try
            {
                await Open(next).ReembedAsync(cancellationToken: cancellation.Token);
                (current, next) = (next, current);
            }
            catch (OperationCanceledException)
            {
                await Assert.ThrowsAsync<VectorStoreException>(() => Open(next).EnsureCollectionExistsAsync());
            }

            current.Before = _ => Task.CompletedTask;
            await ArticleFile.AssertFoundAsync(Open(current), 0, 9);
        }

        SqliteCollection<string, Article> Open(ModelGenerator model) =>
            (SqliteCollection<string, Article>)store.GetCollection<string, Article>("articles", Article.Define(model));
    }

    [Fact]
    public async Task A_failed_last_transaction_keeps_the_old_vectors()
    {
        await _file.CreateAsync(_old, 10);
        _file.Execute(
            "CREATE TRIGGER failing AFTER UPDATE OF definition ON vectordata_collections BEGIN SELECT raise(ABORT, 'stopped'); END");

        await Assert.ThrowsAsync<VectorStoreException>(() => _file.Open(_new).ReembedAsync());
        await ArticleFile.AssertFoundAsync(_file.Open(_old), 0, 9);
        _file.Execute("DROP TRIGGER failing");
        await _file.Open(_new).ReembedAsync();

        // The batch is stored in the same transaction, so it is lost with it.
        Assert.Equal(20, _new.Texts.Count);
        await ArticleFile.AssertFoundAsync(_file.Open(_new), 0, 9);
    }
}
