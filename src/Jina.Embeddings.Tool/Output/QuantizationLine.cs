using System.Globalization;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Output;

/// <summary>How far the quantization of a model is, on the terminal; silent where stderr is none, or where there is nothing to quantize.</summary>
internal sealed class QuantizationLine : IProgress<ModelQuantizationProgress>, IDisposable
{
    private readonly Lock _lock = new();
    private readonly PassingLine _line = new();
    private long _percent = -1;

    /// <summary>Gets whether anything was quantized.</summary>
    public bool Reported => _percent >= 0;

    public void Report(ModelQuantizationProgress value)
    {
        lock (_lock)
        {
            var percent = 100 * value.BytesDone / Math.Max(1, value.TotalBytes);
            if (percent <= _percent)
            {
                return;
            }

            _percent = percent;
            if (!Console.IsErrorRedirected)
            {
                _line.Write(string.Create(CultureInfo.InvariantCulture, $"Quantizing the weights, once: {percent} % of {value.TotalBytes / 1e6:F0} MB"));
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _line.Erase();
        }
    }
}
