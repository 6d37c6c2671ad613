using Jina.VectorData.Sqlite.Tests.Support;
using Microsoft.Extensions.VectorData;

namespace Jina.VectorData.Sqlite.Tests.Reembedding;

/// <summary>Tests that a collection is moved from one model to another.</summary>
public sealed class ReembedTests : IDisposable
{
    private readonly ArticleFile _file = new();
    private readonly ModelGenerator _old = new("old", 512);
    private readonly ModelGenerator _new = new("new", 768);

    public void Dispose()
    {
        _file.Dispose();
        _old.Dispose();
        _new.Dispose();
    }

    [Fact]
    public async Task All_records_are_found_by_the_vectors_of_the_new_model()
    {
        await _file.CreateAsync(_old, 600);
        var articles = _file.Open(_new);

        await articles.ReembedAsync();

        Assert.Equal(Article.Many(0, 600).Select(article => article.Text), _new.Texts);
        await articles.EnsureCollectionExistsAsync();
        await ArticleFile.AssertFoundAsync(articles, 0, 255, 256, 599);
        Assert.Equal(600, await articles.SearchAsync("text 1", 1000).CountAsync());
        await articles.UpsertAsync(Article.Many(600, 1));
        await ArticleFile.AssertFoundAsync(articles, 600);
    }

    [Fact]
    public async Task The_old_model_is_rejected_afterwards_with_both_dimensions_or_both_names()
    {
        var before = await _file.CreateAsync(_old, 3);
        using var equal = new ModelGenerator("other", 768);
        await _file.Open(_new).ReembedAsync();

        var dimensions = await Assert.ThrowsAsync<VectorStoreException>(() => before.UpsertAsync(Article.Many(3, 1)));
        var names = await Assert.ThrowsAsync<VectorStoreException>(() => _file.Open(equal).UpsertAsync(Article.Many(3, 1)));

        Assert.Contains("of 768 dimensions, but the property 'Embedding' has 512.", dimensions.Message, StringComparison.Ordinal);
        Assert.Contains("of the model 'new', but the embedding generator is 'other'.", names.Message, StringComparison.Ordinal);
        Assert.Null(await before.GetAsync("3"));
    }

    [Fact]
    public async Task Filters_keywords_and_hybrid_searches_work_afterwards()
    {
        await _file.CreateAsync(_old, 300);
        var articles = _file.Open(_new);

        await articles.ReembedAsync();

        Assert.Equal(30, await articles.SearchAsync("text 1", 300, new() { Filter = article => article.Year == 2003 }).CountAsync());
        Assert.Equal("77", (await articles.KeywordSearchAsync(["77"], 1).SingleAsync()).Record.Id);
        var hybrid = await articles.HybridSearchAsync("text 77", ["77"], 1).SingleAsync();
        Assert.Equal("77", hybrid.Record.Id);
        Assert.InRange(hybrid.Score!.Value, 0.65, 1);
    }

    [Fact]
    public async Task Progress_reports_every_batch_and_the_end()
    {
        await _file.CreateAsync(_old, 600);
        var progress = new ListProgress();

        await _file.Open(_new).ReembedAsync(progress);

        Assert.Equal([(0, 600), (256, 600), (512, 600), (600, 600)], progress.Reports);
    }

    [Fact]
    public async Task Nothing_happens_if_the_vectors_are_those_of_the_model()
    {
        await _file.CreateAsync(_old, 300);
        var articles = _file.Open(_new);
        await articles.ReembedAsync();
        var progress = new ListProgress();

        await articles.ReembedAsync(progress);

        Assert.Equal(300, _new.Texts.Count);
        Assert.Empty(progress.Reports);
    }

    [Fact]
    public async Task An_empty_collection_takes_over_the_new_model()
    {
        await _file.CreateAsync(_old, 0);
        var articles = _file.Open(_new);
        var progress = new ListProgress();

        await articles.ReembedAsync(progress);

        Assert.Equal([(0, 0), (0, 0)], progress.Reports);
        await articles.UpsertAsync(Article.Many(0, 1));
        await ArticleFile.AssertFoundAsync(articles, 0);
    }

    [Fact]
    public async Task Records_without_a_text_stay_without_a_vector()
    {
        var before = await _file.CreateAsync(_old, 2);
        await before.UpsertAsync(Enumerable.Range(2, 600).Select(i => new Article { Id = $"{i}" }));
        var articles = _file.Open(_new);

        await articles.ReembedAsync();

        Assert.Equal(2, _new.Texts.Count);
        Assert.Equal(["1", "0"], await articles.SearchAsync("text 1", 10).Select(hit => hit.Record.Id).ToListAsync());
        Assert.Null((await articles.GetAsync("300"))!.Text);
    }

    [Fact]
    public async Task The_same_model_in_another_precision_or_of_other_files_embeds_again()
    {
        using var fp32 = new ModelGenerator("model", 8, "files-1", "Fp32");
        using var int8 = new ModelGenerator("model", 8, "files-1", "Int8");
        using var files = new ModelGenerator("model", 8, "files-2", "Int8");
        await _file.CreateAsync(fp32, 10);

        await _file.Open(int8).ReembedAsync();
        await ArticleFile.AssertFoundAsync(_file.Open(int8), 7);
        await _file.Open(files).ReembedAsync();

        Assert.Equal(11, int8.Texts.Count);
        Assert.Equal(10, files.Texts.Count);
        await Assert.ThrowsAsync<VectorStoreException>(() => _file.Open(int8).EnsureCollectionExistsAsync());
        await _file.Open(files).EnsureCollectionExistsAsync();
    }

    [Fact]
    public async Task A_collection_whose_name_needs_quotes_is_embedded_again()
    {
        const string Name = "it's \"quoted\"; %_";
        var (before, articles) = (_file.Open(_old, name: Name), _file.Open(_new, name: Name));
        await before.EnsureCollectionExistsAsync();
        await before.UpsertAsync(Article.Many(0, 3));

        await articles.ReembedAsync();
        await articles.DeleteAsync("1");

        await ArticleFile.AssertFoundAsync(articles, 0, 2);
        Assert.Equal(2, await articles.SearchAsync("text 1", 10).CountAsync());
    }

    [Fact]
    public async Task A_collection_in_memory_is_embedded_again()
    {
        using var store = new SqliteVectorStore("Data Source=:memory:");
        var before = store.GetCollection<string, Article>("articles", Article.Define(_old));
        await before.EnsureCollectionExistsAsync();
        await before.UpsertAsync(Article.Many(0, 300));
        var articles = (SqliteCollection<string, Article>)store.GetCollection<string, Article>("articles", Article.Define(_new));

        await articles.ReembedAsync();

        await ArticleFile.AssertFoundAsync(articles, 0, 299);
    }

    [Fact]
    public async Task A_collection_that_does_not_exist_is_reported()
    {
        var error = await Assert.ThrowsAsync<VectorStoreException>(() => _file.Open(_new).ReembedAsync());

        Assert.Contains("has no collection 'articles'.", error.Message, StringComparison.Ordinal);
        Assert.Empty(_new.Texts);
    }

    [Fact]
    public async Task A_generator_without_a_model_name_is_rejected()
    {
        await _file.CreateAsync(_old, 3);
        using var unnamed = new ModelGenerator(null, 512);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => _file.Open(unnamed).ReembedAsync());

        Assert.Contains("does not report the name of its model", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_only_file_is_rejected_before_anything_is_embedded()
    {
        await _file.CreateAsync(_old, 3);

        var error = await Assert.ThrowsAsync<VectorStoreException>(() => _file.Open(_new, ";Mode=ReadOnly").ReembedAsync());
        await _file.Open(_old, ";Mode=ReadOnly").ReembedAsync();

        Assert.Contains("is read-only, but this operation writes to it.", error.Message, StringComparison.Ordinal);
        Assert.Empty(_new.Texts);
    }

    [Fact]
    public async Task Tables_derived_from_the_old_vectors_are_replaced_and_views_of_other_programs_stay()
    {
        await _file.CreateAsync(_old, 3);
        _file.Execute("CREATE TABLE \"articles::vector::Embedding::derived\" (a)");
        _file.Execute("CREATE VIEW lengths AS SELECT length(vector) AS bytes FROM \"articles::vector::Embedding\"");

        await _file.Open(_new).ReembedAsync();

        Assert.Equal(768L * 4, _file.Execute("SELECT max(bytes) FROM lengths"));
        Assert.Equal(
            "articles, articles::text, articles::vector::Embedding, articles::vector::Embedding::int8",
            _file.Execute(
                "SELECT group_concat(name, ', ') FROM (SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'articles%' "
                + "AND name NOT LIKE 'articles::text\\_%' ESCAPE '\\' ORDER BY name)"));
        Assert.Equal(3L, _file.Execute("SELECT count(*) FROM \"articles::vector::Embedding::int8\" WHERE length(code) > 768"));
        Assert.Equal("ok", _file.Execute("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Rows_of_other_programs_get_vectors()
    {
        var before = await _file.CreateAsync(_old, 3);
        _file.Execute("INSERT INTO articles (\"::id\", Id, Text, Year) VALUES (1000, '3', 'text 3', 2003)");
        var articles = _file.Open(_new);

        await articles.ReembedAsync();
        await ArticleFile.AssertFoundAsync(articles, 3);
        await articles.UpsertAsync(Article.Many(4, 1));

        Assert.Equal(5, await articles.SearchAsync("text 3", 10).CountAsync());
        Assert.NotNull(before);
    }

    [Fact]
    public async Task A_collection_with_the_names_of_the_inner_tables_is_not_confused_with_them()
    {
        using var generator = new ModelGenerator("old", 8);
        using var other = new ModelGenerator("new", 8);
        await TwoVectors.Open(_file, generator, generator).EnsureCollectionExistsAsync();
        await TwoVectors.Open(_file, generator, generator).UpsertAsync(new TwoVectors { Id = "a", Title = "t", Text = "x" });

        await TwoVectors.Open(_file, generator, other).ReembedAsync();

        Assert.Equal(["x"], other.Texts);
        var mixed = TwoVectors.Open(_file, generator, other);
        var title = await mixed.SearchAsync("t", 1, new() { VectorProperty = record => record.Next }).SingleAsync();
        var text = await mixed.SearchAsync("x", 1, new() { VectorProperty = record => record.Vector }).SingleAsync();
        Assert.Equal(1, title.Score!.Value, 1e-5);
        Assert.Equal(1, text.Score!.Value, 1e-5);
    }

    /// <summary>Represents a record with two vectors, whose names are those of inner tables.</summary>
    private sealed class TwoVectors
    {
        public string Id { get; set; } = "";

        public string Title { get; set; } = "";

        public string Text { get; set; } = "";

        public string Next => Title;

        public string Vector => Text;

        public static SqliteCollection<string, TwoVectors> Open(ArticleFile file, ModelGenerator title, ModelGenerator text) => new(
            file.ConnectionString,
            "two",
            new()
            {
                Definition = new()
                {
                    Properties =
                    [
                        new VectorStoreKeyProperty(nameof(Id), typeof(string)),
                        new VectorStoreDataProperty(nameof(Title), typeof(string)),
                        new VectorStoreDataProperty(nameof(Text), typeof(string)),
                        new VectorStoreVectorProperty(nameof(Next), typeof(string), 8)
                        {
                            StorageName = "next", EmbeddingGenerator = title,
                        },
                        new VectorStoreVectorProperty(nameof(Vector), typeof(string), 8)
                        {
                            StorageName = "vector", EmbeddingGenerator = text,
                        },
                    ],
                },
            });
    }
}
