namespace Jina.Embeddings.AspNetCore.Tests.Support;

/// <summary>Waits with a time limit, so that a test that hangs fails.</summary>
internal static class Wait
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Waits for a task.</summary>
    public static Task<T> WithTimeout<T>(this Task<T> task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);

    /// <inheritdoc cref="WithTimeout{T}"/>
    public static Task WithTimeout(this Task task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);

    /// <summary>Checks a condition repeatedly until it is true.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(Limit);
        while (!await condition())
        {
            await Task.Delay(1, end.Token);
        }
    }
}
