using System.Collections.Concurrent;
using Jina.Extensions.AI.Acquisition.Transfer;
using Jina.Extensions.AI.Models;
using Polly;

namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>What the hub has of a model: one commit, and those of our files that it holds.</summary>
internal sealed record RemoteModel(string Commit, IReadOnlyList<RemoteFile> Files)
{
    private const string FirstFile = "config.json";

    public static async Task<RemoteModel> DescribeAsync(
        HubClient hub, ResiliencePipeline retry, TransferLimits limits, string repository, string revision, CancellationToken cancellationToken)
    {
        var first = await FirstAnswerAsync(hub, retry, limits, repository, revision, cancellationToken).ConfigureAwait(false)
            ?? throw new HubException($"The repository {repository} has no {FirstFile} at {revision}, so it holds no model of this kind.");
        var commit = CommitOf(first, repository, revision);

        var found = new ConcurrentDictionary<string, RemoteFile> { [FirstFile] = first };
        var others = ModelFiles.Small.Select(file => file.Path).Concat(ModelFiles.Weights).Concat(ModelFiles.DenseWeights).Where(path => path != FirstFile);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = limits.ParallelFiles, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(others, parallel, async (path, token) =>
        {
            var file = await retry.ExecuteAsync(
                async attempt => await hub.DescribeAsync(repository, commit, path, attempt).ConfigureAwait(false), token).ConfigureAwait(false);
            if (file is not null)
            {
                found[path] = file;
            }
        }).ConfigureAwait(false);

        var missing = ModelFiles.MissingFrom(found.ContainsKey);
        return missing.Count == 0
            ? new(commit, [.. ModelFiles.ChosenFrom(found.ContainsKey).Select(path => found[path])])
            : throw new HubException(
                $"The repository {repository} at {commit} lacks {string.Join(", ", missing)}; only T5 encoders in Hugging Face layout can be run.");
    }

    /// <summary>The first answer tells whether the hub can be reached at all, and has its own time limit.</summary>
    private static async Task<RemoteFile?> FirstAnswerAsync(
        HubClient hub, ResiliencePipeline retry, TransferLimits limits, string repository, string revision, CancellationToken cancellationToken)
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
            throw new HubException($"The hub gave no usable answer within {limits.Reach.TotalSeconds:0.#} seconds. {last?.Message}".TrimEnd(), exception)
            {
                IsUnreachable = true,
            };
        }
    }

    private static string CommitOf(RemoteFile first, string repository, string revision)
    {
        if (!HubName.IsCommit(revision))
        {
            return first.Commit ?? throw new HubException(
                $"The hub does not tell which commit '{revision}' of {repository} is (no X-Repo-Commit); give the commit itself as the revision.");
        }

        return first.Commit is null || first.Commit == revision
            ? revision
            : throw new HubException($"The hub answered for commit {first.Commit} of {repository} when asked for {revision}.");
    }
}
