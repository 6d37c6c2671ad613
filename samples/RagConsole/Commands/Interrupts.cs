using System.Runtime.InteropServices;

namespace RagConsole.Commands;

/// <summary>Turns Ctrl+C into cancellation: of the answer in progress, or else of the program.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly CancellationTokenSource _program = new();
    private readonly List<PosixSignalRegistration> _registrations;
    private CancellationTokenSource? _answer;

    public Interrupts() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
    ];

    /// <summary>Gets the token that ends the program.</summary>
    public CancellationToken Token => _program.Token;

    /// <summary>Runs work that Ctrl+C cancels without ending the program. A second Ctrl+C ends the program.</summary>
    /// <returns>Whether the work was completed.</returns>
    public async Task<bool> TryRunAsync(Func<CancellationToken, Task> work)
    {
        using var answer = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Volatile.Write(ref _answer, answer);
        try
        {
            await work(answer.Token);
            return true;
        }
        catch (OperationCanceledException) when (answer.IsCancellationRequested && !Token.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            Volatile.Write(ref _answer, null);
        }
    }

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _program.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        // A program that does not end although it was asked to is ended by the system.
        context.Cancel = !Token.IsCancellationRequested;
        if (context.Signal != PosixSignal.SIGINT || Interlocked.Exchange(ref _answer, null) is not { } answer)
        {
            _program.Cancel();
            return;
        }

        try
        {
            answer.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The answer was completed at this moment.
        }
    }
}
