using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Jina.Peers;

/// <summary>Embeds the texts of a job, prints the seconds of each call, and writes the vectors (see README.md).</summary>
internal static class Job
{
    /// <summary>Runs a job.</summary>
    /// <param name="arguments">The mode, the file of the warm-up texts, the file of the texts, and the file for the vectors.</param>
    /// <param name="embed">Embeds the texts of one call.</param>
    public static async Task RunAsync(
        IReadOnlyList<string> arguments, Func<IReadOnlyList<string>, Task<IReadOnlyList<ReadOnlyMemory<float>>>> embed)
    {
        var mode = arguments[0];
        foreach (var call in Calls(mode, arguments[1]))
        {
            await embed(call);
        }

        var vectors = new List<ReadOnlyMemory<float>>();
        foreach (var call in Calls(mode, arguments[2]))
        {
            var watch = Stopwatch.StartNew();
            vectors.AddRange(await embed(call));
            Console.WriteLine(watch.Elapsed.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        }

        using var file = File.Create(arguments[3]);
        vectors.ForEach(vector => file.Write(MemoryMarshal.AsBytes(vector.Span)));
    }

    private static IEnumerable<string[]> Calls(string mode, string path)
    {
        var texts = File.ReadAllLines(path);
        return mode == "alone" ? texts.Select(text => (string[])[text]) : texts.Length == 0 ? [] : [texts];
    }
}
