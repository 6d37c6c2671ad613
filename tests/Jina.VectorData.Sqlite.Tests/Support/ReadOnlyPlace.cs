using System.Diagnostics;
using Jina.Testing;

namespace Jina.VectorData.Sqlite.Tests.Support;

/// <summary>Represents a folder with files in which SQLite cannot create any.</summary>
public sealed class ReadOnlyPlace : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Kind _kind;

    private ReadOnlyPlace(Kind kind) => _kind = kind;

    /// <summary>Specifies what prevents the creation of files.</summary>
    public enum Kind
    {
        /// <summary>A folder has the name of the log. Works for every user on every system.</summary>
        OccupiedName,

        /// <summary>The permissions of the folder and file. The user root ignores them.</summary>
        Permissions,

        /// <summary>A medium that is mounted read-only. Mounting needs root.</summary>
        Medium,
    }

    public string Path => _folder.File("store.db");

    public string ConnectionString => $"Data Source={Path}";

    /// <summary>Copies files to a read-only place, or skips the calling test.</summary>
    public static ReadOnlyPlace Copy(Kind kind, params string[] files)
    {
        var place = new ReadOnlyPlace(kind);
        try
        {
            place.Prepare(files);
            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>Allows files to be created again.</summary>
    public void MakeWritable()
    {
        switch (_kind)
        {
            case Kind.OccupiedName:
                Directory.Delete($"{Path}-wal");
                break;
            case Kind.Permissions:
                SetMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                break;
            default:
                Assert.True(TryRun("mount", "-o", "remount,rw", _folder.Path));
                break;
        }
    }

    public void Dispose()
    {
        if (_kind == Kind.Medium)
        {
            TryRun("umount", _folder.Path);
        }
        else if (_kind == Kind.Permissions && Directory.Exists(_folder.Path))
        {
            MakeWritable();
        }

        _folder.Dispose();
    }

    private void Prepare(string[] files)
    {
        Assert.SkipUnless(_kind == Kind.OccupiedName || OperatingSystem.IsLinux(), "This place needs Linux.");
        if (_kind == Kind.Medium && !TryRun("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", _folder.Path))
        {
            Assert.Skip("Mounting a tmpfs needs root.");
        }

        foreach (var file in files)
        {
            File.Copy(file, _folder.File(System.IO.Path.GetFileName(file)));
        }

        switch (_kind)
        {
            case Kind.OccupiedName:
                Directory.CreateDirectory($"{Path}-wal");
                break;
            case Kind.Medium:
                Assert.True(TryRun("mount", "-o", "remount,ro", _folder.Path));
                break;
            default:
                Assert.SkipWhen(Environment.UserName == "root", "The user root ignores permissions.");
                SetMode(Path, UnixFileMode.UserRead);
                SetMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
                break;
        }
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
