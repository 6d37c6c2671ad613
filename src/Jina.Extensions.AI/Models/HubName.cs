using System.Text.RegularExpressions;

namespace Jina.Extensions.AI.Models;

/// <summary>
/// Checks names of repositories, commits and revisions. They become parts of paths, so only names that the hub allows are accepted.
/// </summary>
internal static partial class HubName
{
    /// <summary>Determines whether a value is <c>org/name</c>.</summary>
    public static bool IsRepository(string value) => Repository().IsMatch(value) && !value.Contains("..", StringComparison.Ordinal);

    /// <summary>Determines whether a value is a full commit ID, which never moves.</summary>
    public static bool IsCommit(string value) => Commit().IsMatch(value);

    public static void ThrowIfNotRepository(string repository)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(repository);
        if (!IsRepository(repository))
        {
            throw new ArgumentException(
                $"'{repository}' is not a repository of the hub. Expected org/name, with letters, digits, '.', '_' and '-'.",
                nameof(repository));
        }
    }

    /// <summary>Determines whether a value is a commit, or can be a branch or a tag.</summary>
    public static bool IsRevision(string value) => Revision().IsMatch(value) && !value.Contains("..", StringComparison.Ordinal);

    /// <exception cref="ArgumentException">The value is not a revision.</exception>
    public static void ThrowIfNotRevision(string revision, string parameter = "revision")
    {
        ArgumentNullException.ThrowIfNull(revision, parameter);
        if (!IsRevision(revision))
        {
            throw new ArgumentException(
                $"'{revision}' is not a revision. Expected a commit of 40 hexadecimal digits, a branch or a tag.",
                parameter);
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]{0,95}/[A-Za-z0-9_][A-Za-z0-9._-]{0,95}\z")]
    private static partial Regex Repository();

    [GeneratedRegex(@"\A[0-9a-f]{40}\z")]
    private static partial Regex Commit();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._/+-]{0,199}\z")]
    private static partial Regex Revision();
}
