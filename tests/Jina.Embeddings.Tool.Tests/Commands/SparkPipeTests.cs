using System.Text;
using System.Text.Json;

namespace Jina.Embeddings.Tool.Tests.Commands;

/// <summary>
/// Plays the part of <c>RDD.pipe</c> of PySpark, which starts a process for each partition without environment variables, writes a line for
/// each record, closes stdin, reads lines until stdout ends, and then looks at the exit code.
/// </summary>
public sealed class SparkPipeTests
{
    private const int Partitions = 8;
    private const int PartitionWithInvalidRecord = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_of_eight_processes_returns_a_line_per_record_in_order_and_an_invalid_record_fails_its_own_only()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, Partitions).Select(PipeAsync)).WaitAsync(TimeSpan.FromMinutes(1), Token);

        for (var partition = 0; partition < Partitions; partition++)
        {
            var result = results[partition];
            Assert.Equal(Ids(partition), result.Lines().Select(line => line.GetProperty("id").GetString()));
            if (partition == PartitionWithInvalidRecord)
            {
                result.AssertFailed(1, $"stdin, line {Ids(partition).Length + 1}", "found an object without a string \"text\"");
            }
            else
            {
                Assert.Equal((0, ""), (result.ExitCode, result.Error));
            }
        }
    }

    private static async Task<ToolResult> PipeAsync(int partition)
    {
        string[] ids = Ids(partition);
        var environment = new Dictionary<string, string> { ["DOTNET_PROCESSOR_COUNT"] = "1" };
        using var process = Tool.StartWithOnly(environment, "embed", "--model", Tool.DemoModel, "--jsonl", "--id-field", "id");
        foreach (var id in ids)
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { id, text = $"Text {id}" }));
        }

        await process.StandardInput.FlushAsync(Token);

        // The partition may be slow, so the results of its first records are needed while stdin is open.
        var output = new StringBuilder();
        for (var i = 0; i < ids.Length; i++)
        {
            output.Append(await process.StandardOutput.ReadLineAsync(Token)).Append('\n');
        }

        if (partition == PartitionWithInvalidRecord)
        {
            await process.StandardInput.WriteLineAsync("""{"id":"a","txt":"misnamed"}""");
        }

        process.StandardInput.Close();
        output.Append(await process.StandardOutput.ReadToEndAsync(Token));
        var error = await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return new ToolResult(process.ExitCode, output.ToString(), error);
    }

    /// <summary>Returns the IDs of a partition's records. The first partition is empty.</summary>
    private static string[] Ids(int partition) => [.. Enumerable.Range(0, 2 * partition).Select(number => $"{partition}-{number}")];
}
