using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Reports the progress to stderr as JSON lines, for programs that collect logs: every few seconds, and at the end.</summary>
internal sealed class JsonProgress : IEmbedProgressReport
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _last;

    public void Report(EmbedProgress progress)
    {
        if (_watch.Elapsed - _last >= Interval)
        {
            _last = _watch.Elapsed;
            Write(progress, done: false);
        }
    }

    public void Complete(EmbedProgress progress) => Write(progress, done: true);

    public void Dispose()
    {
    }

    private void Write(EmbedProgress progress, bool done)
    {
        var seconds = _watch.Elapsed.TotalSeconds;
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteNumber("records", progress.Records);
            json.WriteNumber("tokens", progress.Tokens);
            json.WriteNumber("tokens_per_second", Math.Round(progress.Tokens / seconds, 1));
            json.WriteNumber("bytes", progress.Bytes);
            if (progress.TotalBytes is { } total)
            {
                json.WriteNumber("total_bytes", total);
            }

            json.WriteNumber("seconds", Math.Round(seconds, 1));
            json.WriteBoolean("done", done);
            json.WriteEndObject();
        }

        StatusLine.Write(Encoding.UTF8.GetString(line.ToArray()));
    }
}
