using System.Diagnostics;
using System.Globalization;
using Jina.Testing;

namespace RagConsole.Tests.Updating;

public sealed class WatchTests : IDisposable
{
    /// <summary>The number of random changes. With 500, the test takes more than a minute.</summary>
    private const string OperationsVariable = "JINA_TEST_WATCH_OPERATIONS";

    /// <summary>The time in which a watch must follow the last changes. It needs about a second on an idle machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _docs = new();
    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("watched.db");

    [Fact]
    public async Task Random_changes_end_in_the_state_of_a_fresh_ingest_although_the_watch_is_killed()
    {
        var operations = int.Parse(Environment.GetEnvironmentVariable(OperationsVariable) ?? "30", CultureInfo.InvariantCulture);
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var changes = new RandomChanges(_docs.Path, seed);
        var kills = Math.Max(1, operations / 100);
        for (var i = 0; i < 10; i++)
        {
            changes.Next();
        }

        var watch = Watch.Start(_docs.Path, Database);
        try
        {
            await watch.WaitForLineAsync();
            for (var i = 1; i <= operations; i++)
            {
                changes.Next();
                await Task.Delay(i % 10 == 0 ? 400 : 80, TestContext.Current.CancellationToken);
                if (i % (operations / (kills + 1)) == 0 && i < operations)
                {
                    watch.Kill();
                    changes.Next();
                    watch = Watch.Start(_docs.Path, Database);
                }
            }

            await AssertFollowedAsync();
            Assert.Equal(0, await watch.StopAsync());
        }
        finally
        {
            watch.Dispose();
        }
    }

    public void Dispose()
    {
        _docs.Dispose();
        _folder.Dispose();
    }

    /// <summary>Asserts that the watch reaches the state of a fresh ingest.</summary>
    private async Task AssertFollowedAsync()
    {
        var fresh = _folder.File("fresh.db");
        var run = await RagProcess.RunAsync(["ingest", _docs.Path, "--db", fresh, "--model", "demo"]);
        Assert.Equal(0, run.ExitCode);
        var expected = DatabaseState.Read(fresh);
        Assert.NotEmpty(expected);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience && !DatabaseState.Read(Database).SequenceEqual(expected))
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        Assert.Equal(expected, DatabaseState.Read(Database));
    }
}
