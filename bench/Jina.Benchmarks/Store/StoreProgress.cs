using System.Diagnostics;

namespace Jina.Benchmarks.Store;

/// <summary>Writes the progress of long work to the standard error stream, at most once in five seconds.</summary>
/// <param name="work">The name of the work.</param>
/// <param name="total">The number of steps.</param>
internal sealed class StoreProgress(string work, int total)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _sinceReport = Stopwatch.StartNew();
    private int _done;

    /// <summary>Counts completed steps.</summary>
    public void Add(int steps = 1)
    {
        _done += steps;
        if (_sinceReport.Elapsed >= Interval)
        {
            Console.Error.WriteLine($"  {work}: {_done:N0} of {total:N0}");
            _sinceReport.Restart();
        }
    }
}
