using System.Diagnostics;
using Jina.Benchmarking;
using Jina.Extensions.AI;

namespace Jina.Benchmarks.Download;

/// <summary>Measures the download and verification of a large file over loopback, compared with curl, which only downloads it.</summary>
internal static class DownloadBenchmark
{
    private const int Runs = 8;

    public static async Task<int> RunAsync(string folder, int megabytes)
    {
        var work = Directory.CreateDirectory(Path.Combine(folder, "jina-download-benchmark")).FullName;
        try
        {
            var source = Path.Combine(work, "source.bin");
            await WriteRandomAsync(source, megabytes);
            using var hub = Start(source);
            var address = (await hub.StandardOutput.ReadLineAsync())!;
            var (ours, theirs) = (new List<double>(), new List<double>());
            for (var run = 0; run < Runs; run++)
            {
                // Alternately, and each first equally often, because pending writes of one slow down the other.
                if (run % 2 == 0)
                {
                    theirs.Add(await TimeAsync(() => CurlAsync(address, work)));
                    ours.Add(await TimeAsync(() => ResolveAsync(address, work)));
                }
                else
                {
                    ours.Add(await TimeAsync(() => ResolveAsync(address, work)));
                    theirs.Add(await TimeAsync(() => CurlAsync(address, work)));
                }

                File.Delete(Path.Combine(work, "curl.bin"));
                Directory.Delete(Path.Combine(work, "cache"), recursive: true);
            }

            using var self = Process.GetCurrentProcess();
            Console.WriteLine($"{megabytes} MB over loopback, median (fastest - slowest) of {Runs} alternating runs each:");
            Console.WriteLine($"curl, without verifying    {Describe(theirs, megabytes)}");
            Console.WriteLine($"ModelStore, SHA-256 checked {Describe(ours, megabytes)}");
            Console.WriteLine(
                $"throughput relative to curl: {Quantiles.Median(theirs) / Quantiles.Median(ours):P0} by the medians, "
                + $"{theirs.Min() / ours.Min():P0} by the fastest runs; peak working set {self.PeakWorkingSet64 / 1e6:F0} MB");
            hub.StandardInput.Close();
            await hub.WaitForExitAsync();
            return 0;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static Process Start(string source) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, ["download-hub", source])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!;

    private static Task<string> ResolveAsync(string address, string work) =>
        new ModelStore(new ModelStoreOptions { Endpoint = address, CacheDirectory = Path.Combine(work, "cache"), Offline = false })
            .ResolveAsync(JinaEmbeddingModel.FromHub("org/model"));

    private static async Task CurlAsync(string address, string work)
    {
        string[] arguments =
        [
            "--silent", "--fail", "--location", "--output", Path.Combine(work, "curl.bin"),
            $"{address}/org/model/resolve/main/pytorch_model.bin",
        ];
        using var curl = Process.Start("curl", arguments);
        await curl.WaitForExitAsync();
        if (curl.ExitCode != 0)
        {
            throw new InvalidOperationException($"curl ended with exit code {curl.ExitCode}.");
        }
    }

    private static async Task WriteRandomAsync(string path, int megabytes)
    {
        var block = new byte[1_000_000];
        await using var file = File.Create(path);
        for (var i = 0; i < megabytes; i++)
        {
            Random.Shared.NextBytes(block);
            await file.WriteAsync(block);
        }
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    private static string Describe(List<double> seconds, int megabytes) =>
        $"{Quantiles.Median(seconds):F2} s ({seconds.Min():F2} - {seconds.Max():F2}), {megabytes / Quantiles.Median(seconds):F0} MB/s";
}
