using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Reembedding;

/// <summary>Tests a re-embedding while other callers use the collection.</summary>
public sealed class ConcurrencyTests : IDisposable
{
    private const int Batch = 256;

    private readonly ArticleFile _file = new();
    private readonly ModelGenerator _old = new("old", 16);
    private readonly ModelGenerator _new = new("new", 16);

    public void Dispose()
    {
        _file.Dispose();
        _old.Dispose();
        _new.Dispose();
    }

    [Fact]
    public async Task Records_that_are_written_meanwhile_get_new_vectors()
    {
        var before = await _file.CreateAsync(_old, 300);
        _new.Before = async done =>
        {
            if (done == Batch)
            {
                // One record is new, one was embedded already, and one is in this batch.
                await before.UpsertAsync(new Article { Id = "new", Text = "text 1000" });
                await before.UpsertAsync(new Article { Id = "5", Text = "text 1005" });
                await before.UpsertAsync(new Article { Id = "290", Text = "text 1290" });
            }
        };
        var articles = _file.Open(_new);

        await articles.ReembedAsync();

        foreach (var (text, id) in new[] { ("text 1000", "new"), ("text 1005", "5"), ("text 1290", "290") })
        {
            var hit = await articles.SearchAsync(text, 1).SingleAsync();
            Assert.Equal((id, 1), (hit.Record.Id, Math.Round(hit.Score!.Value, 4)));
        }

        Assert.Equal(301, await articles.SearchAsync("text 1", 1000).CountAsync());
        await ArticleFile.AssertFoundAsync(articles, 0, 299);
    }

    [Fact]
    public async Task Records_that_are_deleted_meanwhile_stay_deleted()
    {
        var before = await _file.CreateAsync(_old, 600);
        _new.Before = done => done == Batch ? before.DeleteAsync(["1", "300", "599"]) : Task.CompletedTask;
        var articles = _file.Open(_new);
        var progress = new ListProgress();

        await articles.ReembedAsync(progress);

        Assert.Equal(597, await articles.SearchAsync("text 1", 1000).CountAsync());
        Assert.Equal(597L, _file.Execute("SELECT count(*) FROM \"articles::vector::Embedding\""));
        Assert.Equal(progress.Reports[^1].Done, progress.Reports[^1].Total);
        await ArticleFile.AssertFoundAsync(articles, 0, 2, 301, 598);
    }

    [Fact]
    public async Task A_row_ID_that_another_program_uses_again_does_not_keep_the_vector_of_the_removed_row()
    {
        await _file.CreateAsync(_old, 257);
        _new.Before = done => done == Batch ? throw new HttpRequestException("gone") : Task.CompletedTask;
        await Assert.ThrowsAsync<HttpRequestException>(() => _file.Open(_new).ReembedAsync());
        _new.Before = _ => Task.CompletedTask;
        _file.Execute(
            "DELETE FROM articles WHERE Id IN ('255', '256'); INSERT INTO articles (Id, Text, Year) VALUES ('x', 'text 999', 2000)");
        Assert.Equal(256L, _file.Execute("SELECT max(\"::id\") FROM articles"));
        var articles = _file.Open(_new);

        await articles.ReembedAsync();

        Assert.Equal(255, await articles.SearchAsync("text 255", 1000).CountAsync());
        Assert.DoesNotContain("x", await articles.SearchAsync("text 255", 1000).Select(hit => hit.Record.Id).ToListAsync());
    }

    [Fact]
    public async Task Records_that_follow_a_removed_row_of_another_program_get_vectors()
    {
        var before = await _file.CreateAsync(_old, 255);
        _file.Execute(
            "INSERT INTO articles (\"::id\", Id, Text, Year) VALUES (5000, 'x', 'text 5000', 2000), (6000, 'y', 'text 6000', 2000)");
        _new.Before = async done =>
        {
            if (done == 255)
            {
                _file.Execute("DELETE FROM articles WHERE Id IN ('x', 'y')");
                await before.UpsertAsync(Article.Many(255, 1));
            }
        };
        var articles = _file.Open(_new);

        await articles.ReembedAsync();

        await ArticleFile.AssertFoundAsync(articles, 0, 254, 255);
    }

    [Fact]
    public async Task A_writer_with_the_old_model_that_is_late_stores_nothing()
    {
        await _file.CreateAsync(_old, 10);
        using var slow = new ModelGenerator("old", 16);
        slow.Before = _ => _file.Open(_new).ReembedAsync();

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => _file.Open(slow).UpsertAsync(Article.Many(10, 1)));

        Assert.Contains("of the model 'new', but the embedding generator is 'old'.", error.Message, StringComparison.Ordinal);
        Assert.Null(await _file.Open(_new).GetAsync("10"));
    }

    [Fact]
    public async Task Two_calls_for_the_same_model_end_with_the_same_vectors()
    {
        await _file.CreateAsync(_old, 1500);
        using var first = new ModelGenerator("new", 16);
        using var second = new ModelGenerator("new", 16);

        await Task.WhenAll(_file.Open(first).ReembedAsync(), _file.Open(second).ReembedAsync());

        var articles = _file.Open(first);
        Assert.Equal(1500, await articles.SearchAsync("text 1", 2000).CountAsync());
        await ArticleFile.AssertFoundAsync(articles, [.. Enumerable.Range(0, 30).Select(i => i * 50)]);
    }

    [Fact]
    public async Task A_call_that_was_overtaken_does_not_store_its_batch()
    {
        await _file.CreateAsync(_old, 300);
        using var other = new ModelGenerator("new", 16);
        _new.Before = done => done == Batch ? _file.Open(other).ReembedAsync() : Task.CompletedTask;

        await _file.Open(_new).ReembedAsync();

        Assert.Equal(300 - Batch, other.Texts.Count);
        await ArticleFile.AssertFoundAsync(_file.Open(_new), 0, 299);
    }

    [Fact]
    public async Task A_call_for_another_model_replaces_the_first_one()
    {
        await _file.CreateAsync(_old, 600);
        using var third = new ModelGenerator("third", 16);
        third.Before = done => done == Batch ? throw new HttpRequestException("gone") : Task.CompletedTask;
        _new.Before = done => done == Batch
            ? Assert.ThrowsAsync<HttpRequestException>(() => _file.Open(third).ReembedAsync())
            : Task.CompletedTask;

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => _file.Open(_new).ReembedAsync());

        Assert.Contains("embedded again with another model, by a call that began later.", error.Message, StringComparison.Ordinal);
        await ArticleFile.AssertFoundAsync(_file.Open(_old), 0, 599);
        third.Before = _ => Task.CompletedTask;
        await _file.Open(third).ReembedAsync();
        Assert.Equal(600, third.Texts.Count);
        await ArticleFile.AssertFoundAsync(_file.Open(third), 0, 599);
    }

    [Fact]
    public async Task Cached_vectors_of_the_old_model_are_not_used()
    {
        using var store = new SqliteVectorStore(_file.ConnectionString);
        using var elsewhere = new SqliteVectorStore(_file.ConnectionString);
        await _file.CreateAsync(_old, 300);
        await ArticleFile.AssertFoundAsync(Open(store, _old), 0, 299);
        await ArticleFile.AssertFoundAsync(Open(elsewhere, _old), 0, 299);

        await Open(store, _new).ReembedAsync();

        await ArticleFile.AssertFoundAsync(Open(store, _new), 0, 299);
        await ArticleFile.AssertFoundAsync(Open(elsewhere, _new), 0, 299);
    }

    [Fact]
    public async Task Readers_see_either_all_old_vectors_or_all_new_ones()
    {
        using var store = new SqliteVectorStore(_file.ConnectionString);
        await _file.CreateAsync(_old, 1000);
        var (before, after) = (Open(store, _old), Open(store, _new));
        var running = Task.Run(() => _file.Open(_new).ReembedAsync());

        var found = new List<int>();
        while (!running.IsCompleted)
        {
            try
            {
                found.Add(await before.SearchAsync("text 7", 2000).CountAsync(hit => hit.Score > 0.99999 && hit.Record.Id == "7"));
            }
            catch (VectorStoreException)
            {
                await ArticleFile.AssertFoundAsync(after, 7);
            }
        }

        await running;
        Assert.All(found, count => Assert.Equal(1, count));
        await ArticleFile.AssertFoundAsync(after, 0, 7, 999);
        await Assert.ThrowsAsync<VectorStoreException>(() => before.SearchAsync("text 7", 1).CountAsync().AsTask());
    }

    private static SqliteCollection<string, Article> Open(SqliteVectorStore store, ModelGenerator model) =>
        (SqliteCollection<string, Article>)store.GetCollection<string, Article>("articles", Article.Define(model));
}
