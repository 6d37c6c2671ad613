using System.Diagnostics;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>What a process tells once only.</summary>
/// <param name="LoadMilliseconds">The time until the model was ready to run.</param>
/// <param name="PeakMegabytes">The most memory that was resident.</param>
internal readonly record struct ProcessFigures(double LoadMilliseconds, double PeakMegabytes)
{
    /// <summary>Returns those of this process up to now.</summary>
    public static ProcessFigures OfThis(double loadMilliseconds)
    {
        using var process = Process.GetCurrentProcess();
        return new ProcessFigures(loadMilliseconds, process.PeakWorkingSet64 / 1e6);
    }
}
