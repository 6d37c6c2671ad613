using System.Diagnostics;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Acquisition.Hub;

/// <summary>Represents a file system of a few hundred kilobytes. Mounting it needs root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SmallDisk()
    {
    }

    public string Path => _folder.Path;

    /// <summary>Mounts a disk, or skips the calling test.</summary>
    public static SmallDisk Mount(int kilobytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A small disk is mounted on Linux only.");
        var disk = new SmallDisk();
        if (!TryRun("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", disk.Path))
        {
            disk._folder.Dispose();
            Assert.Skip("Mounting a tmpfs needs root.");
        }

        return disk;
    }

    public void Resize(int kilobytes) => Assert.True(TryRun("mount", "-o", $"remount,size={kilobytes}k", Path));

    public void Dispose()
    {
        TryRun("umount", Path);
        _folder.Dispose();
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
