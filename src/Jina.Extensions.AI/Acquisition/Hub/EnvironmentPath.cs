using System.Text.RegularExpressions;

namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>Expands paths in environment variables, because service managers and containers pass them as they are written.</summary>
/// <remarks>
/// The rules are those of Python's <c>os.path.expandvars(os.path.expanduser(path))</c>, which Hugging Face's libraries use: a leading
/// <c>~</c> first, then <c>$NAME</c> and <c>${NAME}</c>, once. Unknown names are kept. The homes of other users (<c>~name</c>) are kept
/// too.
/// </remarks>
internal static partial class EnvironmentPath
{
    /// <summary>Returns the path that is meant.</summary>
    /// <param name="path">The value of a variable.</param>
    /// <param name="variable">Returns the value of a variable, or <see langword="null"/>.</param>
    public static string Expand(string path, Func<string, string?> variable)
    {
        var isHome = path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            || (OperatingSystem.IsWindows() && path.StartsWith("~\\", StringComparison.Ordinal));
        var expanded = isHome ? Path.TrimEndingDirectorySeparator(Home(variable)) + path[1..] : path;
        return Reference().Replace(expanded, match => variable(match.Groups[1].Value.Trim('{', '}')) ?? match.Value);
    }

    /// <summary>Returns the user's home folder. The system does not verify that it exists.</summary>
    public static string Home(Func<string, string?> variable)
    {
        var home = variable(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME");
        return string.IsNullOrWhiteSpace(home)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify)
            : home;
    }

    [GeneratedRegex(@"\$([A-Za-z0-9_]+|\{[^}]*\})")]
    private static partial Regex Reference();
}
