using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Jina.Fuzzing.Runs;

/// <summary>Represents the outcomes of a run.</summary>
internal sealed partial class FuzzSummary(string target)
{
    private readonly Dictionary<string, int> _rejections = [];
    private int _accepted;
    private TimeSpan _slowest;
    private long _largest;

    public List<Finding> Findings { get; } = [];

    public int Inputs { get; private set; }

    public int Rejected => _rejections.Values.Sum();

    public void Add(Reading reading)
    {
        Inputs++;
        _accepted += reading.Outcome == Outcome.Accepted ? 1 : 0;
        _slowest = reading.Cpu > _slowest ? reading.Cpu : _slowest;
        _largest = Math.Max(_largest, reading.Allocated);
        if (reading.Outcome == Outcome.Rejected)
        {
            var shape = Shape(reading.Message);
            _rejections[shape] = _rejections.GetValueOrDefault(shape) + 1;
        }
    }

    /// <summary>Returns a row of the table of all targets.</summary>
    public string Row() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {target} | {Inputs:N0} | {_accepted:N0} | {Rejected:N0} | {_rejections.Count} "
        + $"| {_slowest.TotalMilliseconds:N0} ms | {_largest / 1e6:N1} MB | {Findings.Count} |");

    /// <summary>Returns the most frequent rejections, which show how deep the inputs reached.</summary>
    public string Rejections()
    {
        var text = new StringBuilder();
        foreach (var (shape, count) in _rejections.OrderByDescending(rejection => rejection.Value).Take(10))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{count,7}  {shape}");
        }

        return text.ToString();
    }

    // Names and numbers differ from input to input. The rest of a message identifies the check.
    private static string Shape(string message)
    {
        var shape = Varying().Replace(message.Length > 400 ? message[..400] : message, "#");
        return shape.Length > 110 ? shape[..110] + "…" : shape;
    }

    [GeneratedRegex("""
        ^\S+?: |'[^']*'|\[[^\]]*\]|[-0-9A-F]*[0-9]+|\b\w*\.\w[\w.]*|\p{Cc}+
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Varying();
}
