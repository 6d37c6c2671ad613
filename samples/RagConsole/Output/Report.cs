namespace RagConsole.Output;

/// <summary>Writes findings to stdout in the form that its reader wants.</summary>
internal static class Report
{
    public static Task WriteAsync(Findings findings, bool json) =>
        json ? JsonReport.WriteAsync(findings)
        : Console.IsOutputRedirected ? PlainReport.WriteAsync(findings, Console.Out)
        : TerminalReport.WriteAsync(findings);
}
