using System.Runtime.InteropServices;

namespace Jina.Extensions.AI.Files;

/// <summary>Creates hard links: second names for files, without a second copy.</summary>
internal static partial class HardLink
{
    /// <summary>
    /// Creates a hard link, or a copy if a link is not possible (on another volume, or without support of the file system).
    /// </summary>
    /// <remarks>The name appears only when the file is complete, so an interrupted copy is never used.</remarks>
    public static void CreateOrCopy(string existing, string path) => AtomicFile.Write(path, temporary =>
    {
        if (!TryCreate(existing, temporary))
        {
            File.Copy(existing, temporary);
        }
    });

    // .NET has no API for hard links before version 11.
    private static bool TryCreate(string existing, string path) =>
        OperatingSystem.IsWindows() ? CreateHardLink(path, existing, 0) : Link(existing, path) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string path);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string path, string existing, nint securityAttributes);
}
