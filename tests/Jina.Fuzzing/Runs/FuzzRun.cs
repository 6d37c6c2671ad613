using Jina.Fuzzing.Targets;

namespace Jina.Fuzzing.Runs;

/// <summary>Reads a sequence of inputs that is determined by target and seed.</summary>
internal static class FuzzRun
{
    private const int Repeats = 3;
    private const int HangSeconds = 60;
    private static readonly TimeSpan SlowestAllowed = TimeSpan.FromSeconds(1);

    /// <summary>Returns the input at a position in the sequence.</summary>
    public static byte[] Input(FuzzTarget target, int seed, int number) =>
        target.Make(new Random(unchecked((seed * 1_000_003) + number)));

    /// <summary>Reads the inputs and returns a summary of the outcomes.</summary>
    /// <param name="target">The target that reads the inputs.</param>
    /// <param name="count">The number of inputs.</param>
    /// <param name="seed">The seed of the inputs.</param>
    /// <param name="timed">Whether a slow input is a fault. On a busy machine, times are not meaningful.</param>
    /// <param name="onHang">An action that is called from another thread when reading an input does not end.</param>
    public static FuzzSummary Run(FuzzTarget target, int count, int seed, bool timed = false, Action<byte[]>? onHang = null)
    {
        var summary = new FuzzSummary(target.Name);
        for (var number = 0; number < count; number++)
        {
            var input = Input(target, seed, number);
            using var watch = Watch(() => onHang?.Invoke(input));
            var reading = target.Measure(input);

            // Another process can have displaced the processor's caches, so an input counts as slow only if it is slow every time.
            for (var i = 0; timed && reading.Cpu > SlowestAllowed && i < Repeats; i++)
            {
                var again = target.Measure(input);
                reading = again.Cpu < reading.Cpu ? again : reading;
            }

            summary.Add(reading);
            if (Problem(reading, target.AllowedBytes + ((long)target.AllowedPerByte * input.Length), timed) is { } problem)
            {
                summary.Findings.Add(new Finding(number, problem, input));
            }
        }

        return summary;
    }

    // The watch counts its own ticks, so a process that was suspended for a while does not count as hung.
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

    private static string? Problem(Reading reading, long bound, bool timed) => reading switch
    {
        { Outcome: Outcome.Failed } => reading.Message,
        _ when reading.Allocated > bound => $"{reading.Allocated} bytes were allocated; at most {bound} are allowed",
        _ when timed && reading.Cpu > SlowestAllowed => $"reading takes {reading.Cpu.TotalSeconds:F1} s",
        _ => null,
    };
}
