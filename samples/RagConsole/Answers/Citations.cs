using System.Globalization;
using System.Text.RegularExpressions;

namespace RagConsole.Answers;

/// <summary>Checks the citations in an answer, such as [1], [1, 3] and [1-3].</summary>
internal static partial class Citations
{
    /// <summary>Returns the cited numbers that are not the number of a passage, each once, in the order of the answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="passages">The number of passages.</param>
    public static IEnumerable<string> FindMissing(string answer, int passages) => Citation().Matches(answer)
        .SelectMany(citation => citation.Groups["number"].Captures)
        .Select(number => number.Value)
        .Where(number => int.Parse(number, CultureInfo.InvariantCulture) is var value && (value < 1 || value > passages))
        .Distinct();

    /// <summary>Finds numbers in brackets. A link in Markdown, [1](address), is not a citation.</summary>
    [GeneratedRegex(
        @"[\[\u3010]\s*\^?(?<number>[0-9]{1,9})(\s*[,;\u2013-]\s*(?<number>[0-9]{1,9}))*\s*[\]\u3011](?!\()", RegexOptions.ExplicitCapture)]
    private static partial Regex Citation();
}
