using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI.Inference;

/// <summary>How a session is made.</summary>
internal sealed record SessionSettings
{
    /// <summary>The threads of one run.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The weights to share with other sessions, or null for the session's own.</summary>
    public SharedWeights? Weights { get; init; }

    /// <summary>The caller's hook.</summary>
    public Action<SessionOptions>? Configure { get; init; }

    /// <summary>Whether the model has a Dense module that a graph without pooling cannot contain.</summary>
    public bool DenseFollows { get; init; }

    public SessionOptions CreateOptions()
    {
        var options = new SessionOptions
        {
            // Whatever the runtime would print arrives as an exception too.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            IntraOpNumThreads = Threads,
            InterOpNumThreads = 1,

            // Patterns are kept per shape of the inputs, and there are thousands of shapes.
            EnableMemoryPattern = false,
        };

        // Threads wait actively for the next node, but not for the next run.
        options.AddSessionConfigEntry("session.intra_op.spin_duration_us", "50");

        if (DotProductUnit.Saturates)
        {
            // The runtime's exact form of int8 products; half as fast, so only where it is needed.
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
}
