using System.Runtime.InteropServices;

namespace Jina.Embeddings.Tool;

/// <summary>
/// Notices that nobody reads stdout any more (<c>jina-embeddings embed … | head -1</c>). .NET's console stream drops such writes
/// in silence, so without this the tool would compute on for nobody.
/// </summary>
internal sealed class BrokenPipe : IDisposable
{
    /// <summary>The same number on Linux and macOS; .NET has no name for it.</summary>
    private const PosixSignal Signal = (PosixSignal)13;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration? _registration;

    public BrokenPipe()
    {
        if (!OperatingSystem.IsWindows())
        {
            _registration = PosixSignalRegistration.Create(Signal, context =>
            {
                context.Cancel = true;
                _source.Cancel();
            });
        }
    }

    /// <summary>Gets the token that is cancelled then.</summary>
    public CancellationToken Broken => _source.Token;

    public void Dispose()
    {
        _registration?.Dispose();
        _source.Dispose();
    }
}
