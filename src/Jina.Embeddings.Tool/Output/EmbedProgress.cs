using System.Diagnostics;
using System.Globalization;

namespace Jina.Embeddings.Tool.Output;

/// <summary>A count on the terminal while a file is embedded; silent where stderr is no terminal.</summary>
internal sealed class EmbedProgress(bool wanted) : IDisposable
{
    private const int MillisecondsBetween = 500;

    private readonly bool _shown = wanted && !Console.IsErrorRedirected;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private long _last;
    private int _width;

    public void Report(long texts)
    {
        if (!_shown || _watch.ElapsedMilliseconds - _last < MillisecondsBetween)
        {
            return;
        }

        _last = _watch.ElapsedMilliseconds;
        var line = string.Create(CultureInfo.InvariantCulture, $"{texts:N0} texts, {texts / _watch.Elapsed.TotalSeconds:N0}/s");
        Console.Error.Write("\r" + line.PadRight(_width));
        _width = line.Length;
    }

    public void Dispose()
    {
        if (_width > 0)
        {
            Console.Error.Write("\r" + new string(' ', _width) + "\r");
        }
    }
}
