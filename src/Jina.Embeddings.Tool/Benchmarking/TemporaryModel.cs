using System.Globalization;
using Jina.Extensions.AI.Acquisition;
using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Checkpoints;
using Jina.RandomCheckpoints;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>A model of random weights in a temporary folder, which is deleted with it. Dispose of what runs the model first.</summary>
internal sealed class TemporaryModel : IDisposable
{
    /// <summary>More than the tokenizer, the configs and the graph take.</summary>
    private const long BytesBesidesWeights = 2_000_000;

    private const string OtherFolder = "Free some space, or name a folder on a larger disk in TMPDIR (on Windows TMP).";

    private int _deleted;

    private TemporaryModel(string folder)
    {
        Folder = folder;

        // After Ctrl+C the process ends in two seconds, although a long run of the model may hold the command for longer.
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    public string Folder { get; }

    /// <summary>Writes a model and says so first. It works on another thread, so that Ctrl+C is listened to meanwhile.</summary>
    /// <exception cref="CommandException">The disk is too small or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, and nothing is left.</exception>
    public static async Task<TemporaryModel> WriteAsync(RandomModelSize size, TextWriter progress, CancellationToken cancellationToken)
    {
        ThrowIfDiskIsShort(size);
        var model = new TemporaryModel(Directory.CreateTempSubdirectory("jina-bench-").FullName);
        try
        {
            await progress.WriteLineAsync($"Writing a random checkpoint of the size of {size.ModelName} ({Megabytes(size.Bytes)}) to {model.Folder}");
            await Task.Run(() => RandomCheckpoint.Write(model.Folder, size.Checkpoint, cancellationToken), cancellationToken);
            return model;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            model.Dispose();
            throw new CommandException($"{model.Folder}: The random checkpoint could not be written ({e.Message}). {OtherFolder}");
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
            Directory.Delete(Folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The results are there all the same.
            Console.Error.WriteLine($"{Folder} could not be deleted ({e.Message}); delete it yourself.");
        }
    }

    private void OnProcessExit(object? sender, EventArgs e) => Dispose();

    private static void ThrowIfDiskIsShort(RandomModelSize size)
    {
        var folder = Path.GetTempPath();
        var needed = size.Bytes + BytesBesidesWeights;
        if (DiskSpace.Free(folder) is { } free && free < needed)
        {
            throw new CommandException(
                $"{folder}: A random checkpoint of the size of {size.ModelName} needs {Megabytes(needed)}, {Megabytes(free)} are free. {OtherFolder}");
        }
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB");
}
