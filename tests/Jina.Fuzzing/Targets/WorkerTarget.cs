using System.Diagnostics;
using System.Globalization;
using Jina.Fuzzing.Runs;
using Jina.Testing;

namespace Jina.Fuzzing.Targets;

/// <summary>Reads the inputs in another process, because an input can end it.</summary>
internal sealed class WorkerTarget(FuzzTarget target) : FuzzTarget
{
    private const int PatienceSeconds = 30;

    private Process? _worker;

    public override string Name => target.Name;

    public override byte[] Make(Random random) => target.Make(random);

    public override void Read(byte[] input) => throw new NotSupportedException("The worker reads.");

    public override Reading Measure(byte[] input)
    {
        _worker ??= Start(Name);
        try
        {
            var output = _worker.StandardInput.BaseStream;
            output.Write(BitConverter.GetBytes(input.Length));
            output.Write(input);
            output.Flush();
            var answer = _worker.StandardOutput.ReadLineAsync();
            return Answered(answer) && answer.Result is { } line ? FuzzWorker.Parse(line) : Lost(input);
        }
        catch (IOException)
        {
            return Lost(input);
        }
    }

    protected override void Dispose(bool disposing)
    {
        End();
        target.Dispose();
        base.Dispose(disposing);
    }

    private static Process Start(string name)
    {
        var start = DotnetProgram.Of(BuildOutput.Of("Jina.Fuzzing.dll", "tests", "Jina.Fuzzing"), FuzzWorker.Command, name);
        start.RedirectStandardInput = true;
        start.RedirectStandardError = false;
        return Process.Start(start)!;
    }

    // Waits second by second, so that a suspension of both processes counts as one second at most.
    private static bool Answered(Task answer)
    {
        for (var second = 0; second < PatienceSeconds; second++)
        {
            if (answer.Wait(TimeSpan.FromSeconds(1)))
            {
                return true;
            }
        }

        return false;
    }

    private Reading Lost(byte[] input)
    {
        var died = _worker!.WaitForExit(TimeSpan.FromSeconds(5));
        var problem = died
            ? string.Create(CultureInfo.InvariantCulture, $"the process died with exit code {_worker.ExitCode}")
            : $"the worker did not respond within {PatienceSeconds} s";
        End();
        return new Reading(Outcome.Failed, $"{problem} at an input of {input.Length} bytes", TimeSpan.Zero, 0);
    }

    private void End()
    {
        if (_worker is { } worker)
        {
            worker.Kill(entireProcessTree: true);
            worker.WaitForExit();
            worker.Dispose();
            _worker = null;
        }
    }
}
