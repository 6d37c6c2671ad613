using System.Collections.Concurrent;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Models;
using Polly;

namespace Jina.Extensions.AI.Acquisition.Transfer;

/// <summary>Represents a model on the hub: a commit, and the model files that it has.</summary>
internal sealed record RemoteModel(string Repository, string Commit, IReadOnlyList<RemoteFile> Files)
{
    private const string FirstFile = ModelFileNames.Config;

    public static async Task<RemoteModel> DescribeAsync(
        HubClient hub,
        ResiliencePipeline retry,
        TransferLimits limits,
        JinaEmbeddingModel model,
        string revision,
        CancellationToken cancellationToken)
    {
        var repository = model.Repository!;
        var first = await DescribeFirstAsync(hub, retry, limits, repository, revision, cancellationToken).ConfigureAwait(false)
            ?? throw new HubException(
                $"The repository {repository} has no {FirstFile} at {revision}, so it does not contain a supported model.");
        var commit = FindCommit(first, repository, revision);

        var found = new ConcurrentDictionary<string, RemoteFile> { [FirstFile] = first };
        var others = ModelFiles.All.Where(path => path != FirstFile);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = limits.ParallelFiles, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(others, parallel, async (path, token) =>
        {
            var file = await retry
                .ExecuteAsync(async attempt => await hub.DescribeAsync(repository, commit, path, attempt).ConfigureAwait(false), token)
                .ConfigureAwait(false);
            if (file is not null)
            {
                found[path] = file;
            }
        }).ConfigureAwait(false);

        var missing = ModelFiles.FindMissing(found.ContainsKey);
        return missing.Count == 0
            ? new(repository, commit, [.. ModelFiles.Choose(found.ContainsKey).Select(path => found[path])])
            : throw new HubException(
                $"The repository {repository} at {commit} lacks {string.Join(", ", missing)}; "
                + "only T5 encoders in Hugging Face layout are supported.");
    }

    /// <summary>Describes the first file. Its response shows whether the hub can be reached, and has its own time limit.</summary>
    private static async Task<RemoteFile?> DescribeFirstAsync(
        HubClient hub,
        ResiliencePipeline retry,
        TransferLimits limits,
        string repository,
        string revision,
        CancellationToken cancellationToken)
    {
        HubException? last = null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(limits.Reach);
        try
        {
            return await retry.ExecuteAsync(async token =>
            {
                try
                {
                    return await hub.DescribeAsync(repository, revision, FirstFile, token).ConfigureAwait(false);
                }
                catch (HubException exception)
                {
                    last = exception;
                    throw;
                }
            }, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HubException(
                $"The hub sent no usable response within {limits.Reach.TotalSeconds:0.#} seconds. {last?.Message}".TrimEnd(), exception)
            {
                IsUnreachable = true,
            };
        }
    }

    private static string FindCommit(RemoteFile first, string repository, string revision)
    {
        if (!HubName.IsCommit(revision))
        {
            return first.Commit ?? throw new HubException(
                $"The hub did not send the commit of '{revision}' of {repository} (X-Repo-Commit). Use the commit itself as the revision.");
        }

        return first.Commit is null || first.Commit == revision
            ? revision
            : throw new HubException($"The hub sent commit {first.Commit} of {repository}, but {revision} was requested.");
    }
}
