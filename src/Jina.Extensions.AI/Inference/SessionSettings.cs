using System.Runtime.Intrinsics.X86;
using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI.Inference;

/// <summary>Represents the settings of a session.</summary>
internal sealed record SessionSettings
{
    /// <summary>Gets the number of threads of one run.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Gets the weights that the session shares, or <see langword="null"/> if it has its own.</summary>
    public SharedWeights? Weights { get; init; }

    /// <summary>
    /// Gets the paths of the files that a generated graph refers to, if the session reads them itself. They are checked at every run.
    /// </summary>
    public IReadOnlyList<string> MappedFiles { get; init; } = [];

    /// <summary>Gets the caller's hook, which can change the options.</summary>
    public Action<SessionOptions>? Configure { get; init; }

    /// <summary>Gets a value indicating whether the model has a Dense module, which a graph without pooling cannot contain.</summary>
    public bool DenseFollows { get; init; }

    /// <summary>
    /// Gets a value indicating whether sums of int8 products saturate at 16 bits on this processor: on x86 without VNNI (AVX-512 VNNI
    /// or AVX-VNNI). The bits are those of CPUID leaf 7 (Intel SDM, volume 2A).
    /// </summary>
    private static bool Int8ProductsSaturate { get; } =
        X86Base.IsSupported && !HasBit(X86Base.CpuId(7, 0).Ecx, 11) && !HasBit(X86Base.CpuId(7, 1).Eax, 4);

    /// <summary>Creates the options of ONNX Runtime.</summary>
    public SessionOptions CreateOptions()
    {
        var options = new SessionOptions
        {
            // Errors are also thrown as exceptions, so they are not printed.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            IntraOpNumThreads = Threads,
            InterOpNumThreads = 1,

            // A pattern is stored for each shape of the inputs, and there are thousands of shapes.
            EnableMemoryPattern = false,
        };

        // Threads wait actively for the next node, but not for the next run.
        options.AddSessionConfigEntry("session.intra_op.spin_duration_us", "50");

        if (Int8ProductsSaturate)
        {
            // The exact form of int8 products is half as fast, so it is only used if it is needed.
            options.AddSessionConfigEntry("session.x64quantprecision", "1");
        }

        try
        {
            Configure?.Invoke(options);
            return options;
        }
        catch
        {
            options.Dispose();
            throw;
        }
    }

    private static bool HasBit(int register, int bit) => (register >> bit & 1) == 1;
}
