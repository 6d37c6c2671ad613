using Jina.Benchmarking;
using Jina.RandomCheckpoints;

namespace Jina.Benchmarks.Encoder;

/// <summary>Writes a checkpoint of random weights that is not deleted.</summary>
internal static class CheckpointWriter
{
    public static int Run(string letter, string folder)
    {
        if (RandomModelSize.Find(letter) is not { } size)
        {
            Console.Error.WriteLine(
                $"The size is '{letter}'; expected {string.Join(", ", RandomModelSize.All.Select(size => size.Letter))}.");
            return 2;
        }

        Console.WriteLine(RandomCheckpoint.Write(Directory.CreateDirectory(folder).FullName, size.Checkpoint));
        return 0;
    }
}
