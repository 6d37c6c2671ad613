using Jina.Extensions.AI;
using Jina.Fuzzing.Runs;
using Jina.Testing;

namespace Jina.Fuzzing.Targets;

/// <summary>A reader of foreign bytes.</summary>
internal abstract class FuzzTarget : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public abstract string Name { get; }

    /// <summary>How many bytes a reading may allocate for each of its input, besides what it may in any case.</summary>
    public virtual int AllowedPerByte => 20;

    /// <summary>A folder for the reader's files.</summary>
    protected string Folder => _folder.Path;

    /// <summary>Makes an input.</summary>
    public abstract byte[] Make(Random random);

    /// <summary>Reads an input, and checks what was read.</summary>
    /// <exception cref="JinaModelException">It was refused, as it should be.</exception>
    public abstract void Read(byte[] input);

    /// <summary>Reads an input and tells how it went.</summary>
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
            return (Outcome.Refused, e.Message);
        }
        catch (Exception e)
        {
            return (Outcome.Failed, e.ToString());
        }
    }
}
