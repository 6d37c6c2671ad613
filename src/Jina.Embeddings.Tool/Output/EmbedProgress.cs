using System.Diagnostics;
using System.Globalization;

namespace Jina.Embeddings.Tool.Output;

/// <summary>A count on the terminal while a file is embedded; silent where stderr is no terminal.</summary>
internal sealed class EmbedProgress(bool wanted) : IDisposable
{
    private const int MillisecondsBetween = 500;

    private readonly bool _shown = wanted && !Console.IsErrorRedirected;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly PassingLine _line = new();
    private long _last;

    public void Report(long texts)
    {
        if (!_shown || _watch.ElapsedMilliseconds - _last < MillisecondsBetween)
        {
            return;
        }

        _last = _watch.ElapsedMilliseconds;
        _line.Write(string.Create(CultureInfo.InvariantCulture, $"{texts:N0} texts, {texts / _watch.Elapsed.TotalSeconds:N0}/s"));
    }

    public void Dispose() => _line.Erase();
}
