using System.Diagnostics;
using System.Net.Sockets;

namespace Jina.Testing;

/// <summary>Puts something that is not a regular file at a path.</summary>
public static class SpecialFile
{
    /// <summary>The kinds that this system has.</summary>
    public static IReadOnlyList<string> Kinds { get; } = OperatingSystem.IsWindows()
        ? ["empty", "folder"]
        :
        [
            "empty", "folder", "pipe", "socket", "link to a pipe", "link to a folder", "link to nothing", "link to itself", "link to links",
            "zeros", "random", "null", "terminal", "process", "standard input",
        ];

    /// <summary>Replaces what a path has.</summary>
    public static void Put(string path, string kind)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Remove(path);
        switch (kind)
        {
            case "empty": File.WriteAllBytes(path, []); break;
            case "folder": Directory.CreateDirectory(path); break;
            case "pipe": MakePipe(path); break;
            case "socket": MakeSocket(path); break;
            case "link to a pipe":
                var pipe = path + ".pipe";
                Remove(pipe);
                MakePipe(pipe);
                File.CreateSymbolicLink(path, pipe);
                break;
            case "link to a folder": File.CreateSymbolicLink(path, Path.GetTempPath()); break;
            case "link to nothing": File.CreateSymbolicLink(path, path + ".missing"); break;
            case "link to itself": File.CreateSymbolicLink(path, Path.GetFileName(path)); break;
            case "link to links":
                Remove(path + ".link");
                File.CreateSymbolicLink(path + ".link", "/dev/zero");
                File.CreateSymbolicLink(path, path + ".link");
                break;
            case "zeros": File.CreateSymbolicLink(path, "/dev/zero"); break;
            case "random": File.CreateSymbolicLink(path, "/dev/urandom"); break;
            case "null": File.CreateSymbolicLink(path, "/dev/null"); break;
            case "terminal": File.CreateSymbolicLink(path, "/dev/tty"); break;
            case "process": File.CreateSymbolicLink(path, "/proc/self/maps"); break;
            case "standard input": File.CreateSymbolicLink(path, "/dev/stdin"); break;
            default: throw new ArgumentException($"'{kind}' is not a kind.", nameof(kind));
        }
    }

    /// <summary>Removes a file of any kind, or a folder.</summary>
    public static void Remove(string path)
    {
        if (Directory.Exists(path) && new FileInfo(path).LinkTarget is null)
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    private static void MakePipe(string path)
    {
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
    }

    // The path of a socket is short, and its file is deleted when it is closed. So the file is renamed before.
    private static void MakeSocket(string path)
    {
        var name = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(name));
        File.Move(name, path);
    }
}
