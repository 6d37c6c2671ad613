using System.CommandLine;
using Jina.Extensions.AI;

namespace RagConsole.Commands;

/// <summary>Represents what to search, and how.</summary>
/// <param name="Database">The database. If null, it is the default one, if that exists.</param>
/// <param name="Model">The embedding model. If null, it is that of the database.</param>
/// <param name="Top">The maximum number of passages.</param>
/// <param name="Hybrid">Whether shared words count as well.</param>
/// <param name="Collections">The names of the collections to search. If empty, all are searched.</param>
/// <param name="Path">The pattern of the files to search. If null, all are searched.</param>
/// <param name="Refresh">Whether to bring the database up to date first.</param>
internal sealed record SearchSettings(
    string? Database,
    JinaEmbeddingModel? Model,
    int Top,
    bool Hybrid,
    IReadOnlyList<string> Collections,
    string? Path,
    bool Refresh);

/// <summary>Represents the options of the commands that search.</summary>
internal sealed class SearchOptions
{
    private readonly Option<string?> _database = SharedOptions.Database();
    private readonly Option<JinaEmbeddingModel?> _model = SharedOptions.Model();
    private readonly Option<int> _top = SharedOptions.Top();

    private readonly Option<bool> _hybrid = new("--hybrid") { Description = "Rank by meaning and by shared words." };

    private readonly Option<string[]> _collections = new("--collection")
    {
        Description = "Search only this collection. Can be repeated. 'stats' lists the collections.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _path = new("--path")
    {
        Description = "Search only files with this name below their folder, such as 'docs/**/*.md', '*.txt', or a folder.",
        HelpName = "GLOB",
    };

    private readonly Option<bool> _noRefresh = new("--no-refresh")
    {
        Description = "Do not look for changed files first.",
    };

    public SearchOptions() => _path.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && string.IsNullOrWhiteSpace(token.Value.Trim('/')))
        {
            result.AddError("--path expects a pattern such as 'docs/**/*.md'.");
        }
    });

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _database, _model, _top, _hybrid, _collections, _path, _noRefresh })
        {
            command.Add(option);
        }
    }

    public SearchSettings Read(ParseResult parsed) => new(
        parsed.GetValue(_database),
        parsed.GetValue(_model),
        parsed.GetValue(_top),
        parsed.GetValue(_hybrid),
        parsed.GetValue(_collections) ?? [],
        parsed.GetValue(_path),
        !parsed.GetValue(_noRefresh));
}
