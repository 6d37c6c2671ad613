using System.Runtime.InteropServices;

namespace Jina.Extensions.AI.Files;

/// <summary>Gives a file a second name without a second copy, where the file system allows it.</summary>
internal static partial class HardLink
{
    /// <summary>Links, or copies where a link is not possible (another volume, a file system without links).</summary>
    /// <remarks>The name appears only when it is complete, so a copy cut short is never taken for the file.</remarks>
    public static void CreateOrCopy(string existing, string path) => AtomicFile.Write(path, temporary =>
    {
        if (!TryCreate(existing, temporary))
        {
            File.Copy(existing, temporary);
        }
    });

    // .NET has no hard links before version 11.
    private static bool TryCreate(string existing, string path) =>
        OperatingSystem.IsWindows() ? CreateHardLink(path, existing, 0) : Link(existing, path) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string path);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string path, string existing, nint securityAttributes);
}
