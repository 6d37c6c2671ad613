namespace RagConsole.Output;

/// <summary>An answer as it comes, and below it what its numbers stand for.</summary>
internal static class ChatReport
{
    public static async Task WriteAsync(Findings findings)
    {
        await foreach (var part in findings.Answer!)
        {
            Console.Write(part);
        }

        Console.WriteLine();
        foreach (var (index, hit) in findings.Hits.Index())
        {
            Console.WriteLine($"  [{index + 1}] {hit.Passage.Place}");
        }

        Console.WriteLine();
    }
}
