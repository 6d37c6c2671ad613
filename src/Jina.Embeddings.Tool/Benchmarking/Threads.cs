namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>Runs one action on several threads of its own at once.</summary>
internal static class Threads
{
    /// <param name="count">The number of threads.</param>
    /// <param name="work">What each does, given its number from 0.</param>
    public static void Run(int count, Action<int> work)
    {
        Thread[] threads = [.. Enumerable.Range(0, count).Select(number => new Thread(() => work(number)) { IsBackground = true })];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
    }
}
