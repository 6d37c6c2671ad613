using System.Runtime.InteropServices;
using SQLitePCL;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Calls a function of SQLite that its .NET provider does not have.</summary>
internal static class NativeFile
{
    /// <summary>SQLITE_FCNTL_HAS_MOVED of sqlite3.h.</summary>
    private const int HasMovedOperation = 20;

    /// <summary>Determines whether the path of an open database now has another file, or none.</summary>
    /// <returns>
    /// Whether it has. Also <see langword="false"/> on Windows, where open files cannot be moved and SQLite does not compare them.
    /// </returns>
    public static bool HasMoved(sqlite3 handle)
    {
        var moved = 0;
        try
        {
            var added = false;
            handle.DangerousAddRef(ref added);
            try
            {
                var result = FileControl(handle.DangerousGetHandle(), "main", HasMovedOperation, ref moved);
                return result == raw.SQLITE_OK && moved != 0;
            }
            finally
            {
                handle.DangerousRelease();
            }
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // The application uses another build of SQLite.
            return false;
        }
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int FileControl(
        IntPtr database, [MarshalAs(UnmanagedType.LPUTF8Str)] string schema, int operation, ref int result);
}
