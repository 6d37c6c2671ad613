using Jina.RandomCheckpoints;

namespace Jina.Benchmarks.Encoder;

/// <summary>Writes a checkpoint of random weights that stays.</summary>
internal static class CheckpointWriter
{
    private static readonly Dictionary<string, RandomCheckpointOptions> Sizes = new()
    {
        ["s"] = RandomCheckpointOptions.Small,
        ["b"] = RandomCheckpointOptions.Base,
        ["l"] = RandomCheckpointOptions.Large,
    };

    public static int Run(string size, string folder)
    {
        if (!Sizes.TryGetValue(size, out var options))
        {
            Console.Error.WriteLine($"No size '{size}'; expected {string.Join(", ", Sizes.Keys)}.");
            return 2;
        }

        Console.WriteLine(RandomCheckpoint.Write(Directory.CreateDirectory(folder).FullName, options));
        return 0;
    }
}
