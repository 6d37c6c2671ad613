using System.Globalization;

namespace RagConsole.Tests.Mcp;

/// <summary>Tests that a server does not keep anything of a call.</summary>
[Collection(McpGroup.Name)]
public sealed class MemoryTests(McpServers servers)
{
    /// <summary>The number of calls. Set the variable to 1000 for the long form.</summary>
    private static readonly int Calls =
        int.Parse(Environment.GetEnvironmentVariable("JINA_TEST_MCP_CALLS") ?? "60", CultureInfo.InvariantCulture);

    /// <summary>The server is asked the same questions. Data that is kept per call would show in the memory of the process.</summary>
    [Theory]
    [InlineData("stdio")]
    [InlineData("http")]
    public async Task Calls_do_not_grow_the_memory(string transport)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The memory of another process is read from /proc.");
        var client = servers.Clients[transport];
        var process = transport == "stdio" ? servers.StdioProcess : servers.HttpProcess;
        var early = 0L;
        for (var call = 1; call <= Calls; call++)
        {
            await (call % 4 == 0
                ? client.CallAsync("read", ("file", "wind.txt"))
                : client.CallAsync("search", ("query", $"How often is the anemometer oiled in {call}?")));
            early = call == Calls / 10 ? ReadMemory(process) : early;
        }

        var late = ReadMemory(process);
        TestContext.Current.SendDiagnosticMessage($"{transport}: {early} kB after {Calls / 10} calls, {late} kB after {Calls}");
        Assert.InRange(late, 0, early + (64 << 10));
    }

    /// <summary>Reads the resident memory of a process, in kilobytes.</summary>
    private static long ReadMemory(int process)
    {
        const string Name = "VmRSS:";
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return long.Parse(line[Name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
