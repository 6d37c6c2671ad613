using System.Security.Cryptography;
using System.Text;

namespace RagConsole.Mcp;

/// <summary>Chooses the database of folders for which no database is named.</summary>
/// <remarks>The working directory of a server that an editor starts can be anything, so the database is not there.</remarks>
internal static class DatabasePlace
{
    private const int NameLength = 40;
    private const int HashLength = 12;

    /// <summary>Returns a path in the local application data of the user. The same folders always have the same database.</summary>
    /// <param name="folders">The absolute paths of the folders.</param>
    /// <exception cref="InvalidOperationException">The user has no local application data.</exception>
    public static string For(IReadOnlyList<string> folders)
    {
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        if (data.Length == 0)
        {
            throw new InvalidOperationException("The folder of the user's application data is not known. Name a database with --db FILE.");
        }

        var sorted = folders.Order(StringComparer.Ordinal).ToList();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', sorted))))[..HashLength];
        var name = string.Concat(Path.GetFileName(sorted[0]).Where(char.IsAsciiLetterOrDigit).Take(NameLength));
        return Path.Combine(Directory.CreateDirectory(Path.Combine(data, "jina-rag")).FullName, $"{name}-{hash}.db");
    }
}
