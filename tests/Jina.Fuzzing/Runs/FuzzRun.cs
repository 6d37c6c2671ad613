using Jina.Fuzzing.Targets;

namespace Jina.Fuzzing.Runs;

/// <summary>Reads a sequence of inputs that target and seed fix.</summary>
internal static class FuzzRun
{
    private const int Repeats = 3;
    private const int HangSeconds = 60;
    private static readonly TimeSpan SlowestAllowed = TimeSpan.FromSeconds(1);

    /// <summary>Returns the input of a place in the sequence.</summary>
    public static byte[] Input(FuzzTarget target, int seed, int number) => target.Make(new Random(unchecked((seed * 1_000_003) + number)));

    /// <summary>Reads the inputs and returns what became of them.</summary>
    /// <param name="target">What reads them.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Another seed makes other inputs.</param>
    /// <param name="timed">Whether a slow input is a fault; on a busy machine it says nothing.</param>
    /// <param name="onHang">Called from another thread when an input does not end: nothing else can be done from within.</param>
    public static FuzzSummary Run(FuzzTarget target, int count, int seed, bool timed = false, Action<byte[]>? onHang = null)
    {
        var summary = new FuzzSummary(target.Name);
        for (var number = 0; number < count; number++)
        {
            var input = Input(target, seed, number);
            using var watch = Watch(() => onHang?.Invoke(input));
            var reading = target.Measure(input);

            // Another process may have had the processor's caches: only what is slow every time is slow.
            for (var i = 0; timed && reading.Cpu > SlowestAllowed && i < Repeats; i++)
            {
                var again = target.Measure(input);
                reading = again.Cpu < reading.Cpu ? again : reading;
            }

            summary.Add(reading);
            if (Problem(reading, (64L << 20) + ((long)target.AllowedPerByte * input.Length), timed) is { } problem)
            {
                summary.Findings.Add(new Finding(number, problem, input));
            }
        }

        return summary;
    }

    // Counts its own ticks: a process that is stopped for a while and goes on has not hung.
    private static Timer Watch(Action onHang)
    {
        var seconds = 0;
        return new Timer(
            _ =>
            {
                if (Interlocked.Increment(ref seconds) == HangSeconds)
                {
                    onHang();
                }
            },
            null,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1));
    }

    private static string? Problem(Reading reading, long bound, bool timed) =>
        reading.Outcome == Outcome.Failed ? reading.Message
        : reading.Allocated > bound ? $"{reading.Allocated} bytes were allocated; at most {bound} are allowed"
        : timed && reading.Cpu > SlowestAllowed ? $"it takes {reading.Cpu.TotalSeconds:F1} s"
        : null;
}
