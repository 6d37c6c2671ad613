using RagConsole.Output;

namespace RagConsole.Updating;

/// <summary>Watches one folder: for changes that the system reports, for being missing, and by regular scans.</summary>
/// <remarks>The system does not report the changes of other machines on a network drive, for example.</remarks>
internal sealed class WatchedFolder(string root, PendingChanges changes, Action<string> warn) : IDisposable
{
    /// <summary>The interval of the scans if the system reports changes.</summary>
    private static readonly TimeSpan LongInterval = TimeSpan.FromMinutes(10);

    /// <summary>The interval of the scans if the system does not report changes.</summary>
    private static readonly TimeSpan ShortInterval = TimeSpan.FromSeconds(10);

    /// <summary>The default of 8 KB is soon full if many files change. Only Windows uses it.</summary>
    private const int BufferBytes = 64 << 10;

    private FileSystemWatcher? _watcher;
    private FileSystemWatcher? _parent;
    private DateTime _lastScan;
    private bool _isMissing = true;
    private bool _isReported;
    private volatile bool _isReplaced;
    private volatile bool _isUnreported;

    /// <summary>Finds out whether the folder is there and must be scanned. Is called about once per second.</summary>
    public void Check()
    {
        if (!Directory.Exists(root))
        {
            if (!_isReported)
            {
                warn($"The folder {Printable.Name(root)} does not exist now. Its passages stay. Waiting until it is back.");
            }

            (_isMissing, _isReported) = (true, true);
            Stop();
            return;
        }

        if (_isMissing || _isReplaced)
        {
            Start();
        }
        else if (DateTime.UtcNow - _lastScan >= (_isUnreported ? ShortInterval : LongInterval))
        {
            Scan();
        }
    }

    public void Dispose() => Stop();

    /// <summary>Starts to watch before the folder is scanned, so that no change is missed in between.</summary>
    private void Start()
    {
        Stop();
        (_isMissing, _isReported, _isReplaced, _isUnreported) = (false, false, false, false);
        try
        {
            _watcher = new FileSystemWatcher(root)
            {
                IncludeSubdirectories = true,
                InternalBufferSize = BufferBytes,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size
                    | NotifyFilters.Attributes | NotifyFilters.Security,
            };
            _watcher.Created += (_, change) => changes.Add(root, change.FullPath);
            _watcher.Changed += (_, change) => changes.Add(root, change.FullPath);
            _watcher.Deleted += (_, change) => changes.Add(root, change.FullPath);
            _watcher.Renamed += (_, change) =>
            {
                changes.Add(root, change.OldFullPath);
                changes.Add(root, change.FullPath);
            };
            _watcher.Error += (_, error) => Fail(error.GetException());
            _watcher.EnableRaisingEvents = true;
            WatchParent();
        }
        catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
        {
            Fail(error);
        }

        Scan();
    }

    /// <summary>Finds out that another folder takes the place of this one, which its own watcher does not report.</summary>
    private void WatchParent()
    {
        if (Path.GetDirectoryName(root) is { } parent)
        {
            _parent = new FileSystemWatcher(parent, Path.GetFileName(root)) { NotifyFilter = NotifyFilters.DirectoryName };
            _parent.Created += (_, _) => _isReplaced = true;
            _parent.Renamed += (_, _) => _isReplaced = true;
            _parent.EnableRaisingEvents = true;
        }
    }

    private void Stop()
    {
        _watcher?.Dispose();
        _parent?.Dispose();
        (_watcher, _parent) = (null, null);
    }

    private void Scan()
    {
        _lastScan = DateTime.UtcNow;
        changes.AddAll(root);
    }

    /// <summary>Scans the folder if there were too many changes at once. For other errors, it is scanned regularly.</summary>
    private void Fail(Exception error)
    {
        if (error is not InternalBufferOverflowException && !_isUnreported && Directory.Exists(root))
        {
            _isUnreported = true;
            warn(
                $"The system does not report all changes in {Printable.Name(root)}, so it is scanned every "
                + $"{ShortInterval.TotalSeconds:0} seconds: {error.Message}");
        }

        changes.AddAll(root);
    }
}
