using System.Diagnostics;
using System.Threading.Channels;

namespace RagConsole.Updating;

/// <summary>Collects the paths that changed until nothing has changed for a moment. Safe for concurrent use.</summary>
internal sealed class PendingChanges
{
    /// <summary>More paths of one folder take longer than a scan of the whole folder.</summary>
    private const int MaxPaths = 1000;

    /// <summary>Editors and version control change several files, one shortly after the other.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    /// <summary>Changes that never pause are still followed.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(3);

    private readonly Lock _lock = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private Dictionary<string, HashSet<string>?> _paths = [];

    /// <summary>Adds a path in a folder.</summary>
    public void Add(string root, string path)
    {
        lock (_lock)
        {
            if (!_paths.TryGetValue(root, out var paths))
            {
                _paths[root] = [path];
            }
            else if (paths is not null && paths.Add(path) && paths.Count > MaxPaths)
            {
                _paths[root] = null;
            }

            _signal.Writer.TryWrite(true);
        }
    }

    /// <summary>Adds everything in a folder.</summary>
    public void AddAll(string root)
    {
        lock (_lock)
        {
            _paths[root] = null;
            _signal.Writer.TryWrite(true);
        }
    }

    /// <summary>Waits for changes and then for a pause, takes the changes, and returns them by folder.</summary>
    /// <returns>The paths that changed in each folder, or null for everything in it.</returns>
    public async Task<IReadOnlyDictionary<string, HashSet<string>?>> TakeAsync(CancellationToken cancellationToken)
    {
        await _signal.Reader.ReadAsync(cancellationToken);
        var clock = Stopwatch.StartNew();
        do
        {
            await Task.Delay(Quiet, cancellationToken);
        }
        while (_signal.Reader.TryRead(out _) && clock.Elapsed < MaxWait);

        lock (_lock)
        {
            var taken = _paths;
            _paths = [];
            return taken;
        }
    }
}
