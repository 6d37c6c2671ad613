using Jina.Extensions.AI;
using Jina.Fuzzing.Runs;
using Jina.Testing;

namespace Jina.Fuzzing.Targets;

/// <summary>Represents a reader of untrusted bytes.</summary>
internal abstract class FuzzTarget : IDisposable
{
    private const int LongestMessage = 6000;

    private readonly TemporaryFolder _folder = new();

    public abstract string Name { get; }

    /// <summary>Gets the number of bytes that reading any input can allocate.</summary>
    public virtual long AllowedBytes => 64L << 20;

    /// <summary>Gets the number of bytes that reading can allocate per byte of input, in addition to the fixed number.</summary>
    public virtual int AllowedPerByte => 20;

    /// <summary>Gets a folder for the reader's files.</summary>
    protected string Folder => _folder.Path;

    /// <summary>Creates an input.</summary>
    public abstract byte[] Make(Random random);

    /// <summary>Reads an input, and checks the result.</summary>
    /// <exception cref="JinaModelException">The input was rejected, as expected.</exception>
    public abstract void Read(byte[] input);

    /// <summary>Reads an input and returns the outcome.</summary>
    public virtual Reading Measure(byte[] input)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var (outcome, message) = Try(input);
        return new Reading(outcome, message, Environment.CpuUsage.TotalTime - cpu, GC.GetAllocatedBytesForCurrentThread() - allocated);
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => _folder.Dispose();

    protected string File(string name) => _folder.File(name.Split('/'));

    private (Outcome Outcome, string Message) Try(byte[] input)
    {
        try
        {
            Read(input);
            return (Outcome.Accepted, "");
        }
        catch (JinaModelException e)
        {
            // A message is one line of bounded length, even if the input has long names.
            return e.Message.Length <= LongestMessage && !e.Message.Any(char.IsControl)
                ? (Outcome.Rejected, e.Message)
                : (Outcome.Failed, $"a message has {e.Message.Length} characters, or control characters");
        }
        catch (Exception e)
        {
            return (Outcome.Failed, e.ToString());
        }
    }
}
