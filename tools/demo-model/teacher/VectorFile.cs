using System.Runtime.InteropServices;

namespace DemoModel.Teacher;

/// <summary>Writes vectors as float16 numbers without a header, through a temporary file.</summary>
internal static class VectorFile
{
    public static void Write(string path, Half[][] vectors)
    {
        var temporary = path + ".incomplete";
        using (var file = File.Create(temporary))
        {
            foreach (var vector in vectors)
            {
                file.Write(MemoryMarshal.AsBytes(vector.AsSpan()));
            }
        }

        File.Move(temporary, path, overwrite: true);
    }
}
