using System.Globalization;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Acquisition.Cache;
using Jina.RandomCheckpoints;

namespace Jina.Benchmarking;

/// <summary>
/// Represents a model of random weights in a temporary directory, which is deleted on disposal. Dispose of its generators first.
/// </summary>
internal sealed class TemporaryModel : IDisposable
{
    /// <summary>An upper bound for the tokenizer, the configuration files and the graph.</summary>
    private const long BytesBesidesWeights = 2_000_000;

    private const string NextStep = "Free some space, or set TMPDIR (on Windows TMP) to a folder on a larger disk.";

    private int _deleted;

    private TemporaryModel(string directory)
    {
        DirectoryPath = directory;

        // After Ctrl+C the process ends within two seconds, even if a long inference holds the command for longer.
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    public string DirectoryPath { get; }

    /// <summary>Reports and writes a model. It works on another thread, so that Ctrl+C is handled meanwhile.</summary>
    /// <exception cref="IOException">The disk is too small or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled. Nothing is left on disk.</exception>
    public static async Task<TemporaryModel> WriteAsync(RandomModelSize size, TextWriter progress, CancellationToken cancellationToken)
    {
        ThrowIfDiskIsTooSmall(size);
        var model = new TemporaryModel(Directory.CreateTempSubdirectory("jina-bench-").FullName);
        try
        {
            await progress.WriteLineAsync(
                $"Writing a random checkpoint of the size of {size.ModelName} ({Megabytes(size.Bytes)}) to {model.DirectoryPath}");
            await Task.Run(() => RandomCheckpoint.Write(model.DirectoryPath, size.Checkpoint, cancellationToken), cancellationToken);
            return model;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            model.Dispose();
            throw new IOException($"{model.DirectoryPath}: The random checkpoint cannot be written ({e.Message}). {NextStep}", e);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        if (Interlocked.Exchange(ref _deleted, 1) == 1)
        {
            return;
        }

        try
        {
            Directory.Delete(DirectoryPath, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The results are valid all the same.
            Console.Error.WriteLine($"{DirectoryPath} cannot be deleted ({e.Message}). Delete it yourself.");
        }
    }

    private void OnProcessExit(object? sender, EventArgs e) => Dispose();

    private static void ThrowIfDiskIsTooSmall(RandomModelSize size)
    {
        var folder = Path.GetTempPath();
        var needed = size.Bytes + BytesBesidesWeights;
        if (DiskSpace.Free(folder) is { } free && free < needed)
        {
            throw new IOException(
                $"{folder}: A random checkpoint of the size of {size.ModelName} needs {Megabytes(needed)}, "
                + $"but only {Megabytes(free)} are free. {NextStep}");
        }
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB");
}

/// <summary>Represents the size of a random model.</summary>
/// <param name="Letter">The letter on the command line.</param>
/// <param name="ModelName">The published model of this size.</param>
/// <param name="Checkpoint">The options of the checkpoint.</param>
internal sealed record RandomModelSize(string Letter, string ModelName, RandomCheckpointOptions Checkpoint)
{
    public static IReadOnlyList<RandomModelSize> All { get; } =
    [
        new("s", JinaEmbeddingModel.SmallEnV1.Name, RandomCheckpointOptions.Small),
        new("b", JinaEmbeddingModel.BaseEnV1.Name, RandomCheckpointOptions.Base),
        new("l", JinaEmbeddingModel.LargeEnV1.Name, RandomCheckpointOptions.Large),
    ];

    /// <summary>Gets the size of the weights in bytes.</summary>
    public long Bytes => RandomCheckpoint.WeightBytes(Checkpoint);

    /// <summary>Returns the size with this letter, or null if no size matches.</summary>
    public static RandomModelSize? Find(string letter) => All.FirstOrDefault(size => size.Letter == letter);
}
