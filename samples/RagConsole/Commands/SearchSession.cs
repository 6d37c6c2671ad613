using System.Globalization;
using Microsoft.SemanticKernel;
using RagConsole.Answers;
using RagConsole.Documents;
using RagConsole.Output;
using RagConsole.Passages;
using RagConsole.Updating;

namespace RagConsole.Commands;

/// <summary>Represents the services for questions about one database, or about one folder without a database.</summary>
internal sealed class SearchSession : IDisposable
{
    private const string InMemory = "Data Source=:memory:";

    /// <summary>The passages that are found for a reranker. More make the request longer, and seldom contain the answer.</summary>
    private const int RerankedPassages = 20;

    private readonly Session _session;
    private readonly SearchSettings _settings;
    private readonly PassageScope _scope;
    private readonly bool _canRefresh;
    private readonly HashSet<string> _noted = [];

    private SearchSession(Session session, SearchSettings settings, PassageScope scope, bool canRefresh) =>
        (_session, _settings, _scope, _canRefresh) = (session, settings, scope, canRefresh);

    public Kernel Kernel => _session.Kernel;

    /// <summary>Opens a database with the model that it was created with, unless another model is requested.</summary>
    /// <remarks>Without a database, it ingests the folder, or else the corpus of the sample, into memory.</remarks>
    public static async Task<SearchSession> OpenAsync(
        Func<ModelChoice, string, Kernel> wire, SearchSettings settings, string? docs, CancellationToken cancellationToken)
    {
        if (docs is null && (settings.Database is not null || File.Exists(Library.DefaultDatabase)))
        {
            var library = await LibraryHeader.ReadAsync(settings.Database ?? Library.DefaultDatabase, cancellationToken);
            var folders = CollectionCatalog.Find(library.Collections, settings.Collections);
            var opened = await Session.OpenAsync(
                wire,
                Library.GetConnectionString(library.Database),
                settings.Model ?? library.Model,
                isNew: library.Model is null,
                cancellationToken);
            await opened.Kernel.GetRequiredService<PassageStore>().OpenAsync(cancellationToken);
            var scope = new PassageScope([.. folders.Select(folder => folder.Root)], settings.Path);
            return new SearchSession(opened, settings, scope, canRefresh: true);
        }

        if (settings.Collections.Count > 0)
        {
            throw new InvalidOperationException($"--collection needs a database. Create one with '{Tool.Name} ingest DIR'.");
        }

        var session = await Session.OpenAsync(wire, InMemory, settings.Model, isNew: true, cancellationToken);
        if (docs is null)
        {
            Status.Note(
                $"This folder has no {Library.DefaultDatabase}, so the answer comes from the corpus of the sample. "
                + $"To ask about your own files, run '{Tool.Name} ingest DIR' first.");
        }

        var folder = docs ?? Path.Combine(AppContext.BaseDirectory, "corpus");
        await session.IngestAsync(DocumentFolder.List(folder, Status.Warning), cancellationToken);
        return new SearchSession(session, settings, new PassageScope([], settings.Path), canRefresh: false);
    }

    /// <summary>Brings the database up to date, unless that is not wanted or not possible now. Reports each problem once.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (_canRefresh && _settings.Refresh
            && await Kernel.GetRequiredService<FolderRefresh>().TryRefreshAsync(_scope.Roots, NoteOnce, cancellationToken)
                is { HasChanges: true } counts)
        {
            Status.Note(string.Create(
                CultureInfo.InvariantCulture,
                $"Updated the database: {counts.Embedded:N0} passages embedded, {counts.Removed:N0} removed."));
        }

        void NoteOnce(string line)
        {
            if (_noted.Add(line))
            {
                Status.Note(line);
            }
        }
    }

    /// <summary>Finds the passages for a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="wordings">The texts to search for.</param>
    /// <param name="reranker">The reranker of the passages, or null to keep the order of the search.</param>
    /// <param name="context">The number of lines to read around each passage. If null, none are read.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task<Findings> FindAsync(
        string question, IReadOnlyList<string> wordings, IReranker? reranker, int? context, CancellationToken cancellationToken)
    {
        var kind = _settings.Hybrid ? SearchKind.Hybrid : SearchKind.Vector;
        var count = reranker is null ? _settings.Top : Math.Max(_settings.Top, RerankedPassages);
        var hits = await Kernel.GetRequiredService<PassageSearch>().FindAsync(wordings, count, kind, _scope, cancellationToken);
        if (hits.Count == 0)
        {
            Status.Warning(_scope.IsAll
                ? "The database has no passages."
                : "None of the files to search has a passage. Check --collection and --path.");
        }

        if (reranker is not null)
        {
            var best = await reranker.RankAsync(wordings[^1], [.. hits.Select(hit => hit.Passage.Text)], cancellationToken);
            var order = best.Concat(Enumerable.Range(0, hits.Count)).Distinct().Take(_settings.Top);
            hits = [.. order.Select(index => hits[index])];
        }

        var isDoubtful = await Kernel.GetRequiredService<Relevance>().IsDoubtfulAsync(wordings[^1], hits, _scope, cancellationToken);
        var store = Kernel.GetRequiredService<PassageStore>();
        if (context is { } lines)
        {
            var reader = new PassageContextReader(store, Kernel.GetRequiredService<Ingester>());
            hits = await hits
                .ToAsyncEnumerable()
                .Select(async (hit, token) => hit with { Context = await reader.ReadAsync(hit.Passage, lines, token) })
                .ToListAsync(cancellationToken);
        }

        var folders = await store.ListFoldersAsync(cancellationToken);
        var model = _session.Model.Model.Name;
        return new Findings(question, wordings, model, hits, HasSimilarities: !_settings.Hybrid, isDoubtful, Answer: null)
        {
            Collections = folders.ToDictionary(folder => folder.Root, folder => folder.Name),
        };
    }

    public void Dispose() => _session.Dispose();
}
