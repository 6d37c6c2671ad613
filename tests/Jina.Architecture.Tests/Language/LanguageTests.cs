using Jina.Testing;

namespace Jina.Architecture.Tests.Language;

/// <summary>Checks the texts of the repository.</summary>
public sealed class LanguageTests
{
    private static readonly Lazy<IReadOnlyList<Violation>> Violations = new(() =>
    [
        .. from file in CheckedFiles.Find(RepositoryFiles.Root)
           from violation in LanguageCheck.Check(file, File.ReadAllText(RepositoryFiles.Path(file)))
           select violation,
    ]);

    [Fact]
    public void Every_text_follows_the_language_rules()
    {
        var unexpected = Violations.Value.Where(violation => !AllowedText.All.Any(allowed => allowed.Covers(violation))).ToList();

        Assert.True(unexpected.Count == 0, $"{unexpected.Count} violations of CONTRIBUTING.md:\n{string.Join('\n', unexpected)}");
    }

    [Fact]
    public void Every_allowed_text_still_exists() =>
        Assert.DoesNotContain(AllowedText.All, allowed => !Violations.Value.Any(allowed.Covers));
}
