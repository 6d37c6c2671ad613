using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jina.Benchmarking;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Measures load and memory in a new process of this tool, which runs only our own schedule.</summary>
internal static class FreshBenchProcess
{
    /// <summary>The number of texts after which the memory of the inference no longer grows. The longest text is added.</summary>
    private const int SampleTexts = 200;

    /// <exception cref="CommandException">The process failed.</exception>
    public static async Task<ProcessFigures> MeasureAsync(BenchSettings settings, Workload work, CancellationToken cancellationToken)
    {
        using var process = Process.Start(StartInfo(settings))!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await WriteTextsAsync(process.StandardInput, work);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != ExitCode.Done)
            {
                throw new CommandException(
                    $"A new process of this tool ended with exit code {process.ExitCode} ({(await error).Trim()}). "
                    + "Run bench with --no-baselines, which does not need it.");
            }

            return Read(await output);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static ProcessStartInfo StartInfo(BenchSettings settings)
    {
        // Started as "dotnet jina-embeddings.dll", this process is dotnet.
        var program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        string[] batch = settings.BatchTokens is { } tokens ? ["--batch-tokens", Text(tokens)] : [];
        return new ProcessStartInfo(
            program,
            [
                .. host, "bench", "--model", settings.ModelDirectory, "--precision", PrecisionOption.NameOf(settings.Precision),
                "--threads", Text(settings.Threads), .. batch, "--texts", "-", "--jsonl", "--runs", "1", "--no-baselines", "--json",
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private static async Task WriteTextsAsync(StreamWriter input, Workload work)
    {
        var longest = work.Texts[work.Ids.Index().MaxBy(text => text.Item.Ids.Count).Index];
        var lines = new StringBuilder();
        foreach (var text in work.Texts.Take(SampleTexts).Prepend(longest))
        {
            lines.AppendLine(JsonValue.Create(text).ToJsonString());
        }

        try
        {
            await input.WriteAsync(lines.ToString());
            input.Close();
        }
        catch (IOException)
        {
            // The process ended early. Its exit code and its error line say why.
        }
    }

    private static ProcessFigures Read(string output)
    {
        using var json = JsonDocument.Parse(output);
        var first = new FirstVector(
            Figure("first_vector_ms"), Figure("load_ms"), Figure("load_tokenizer_ms"), Figure("load_session_ms"));
        return new ProcessFigures(first, Figure("peak_rss_mb"));

        double Figure(string name) => json.RootElement.GetProperty(name).GetDouble();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
