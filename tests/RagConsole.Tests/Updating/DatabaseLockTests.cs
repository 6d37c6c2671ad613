using Jina.Testing;
using RagConsole.Updating;

namespace RagConsole.Tests.Updating;

public sealed class DatabaseLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("rag.db");

    [Fact]
    public void Only_one_owner_has_the_lock()
    {
        using (Assert.IsType<DatabaseLock>(DatabaseLock.TryAcquire(Database)))
        {
            Assert.Null(DatabaseLock.TryAcquire(Database));
        }

        DatabaseLock.TryAcquire(Database)!.Dispose();
    }

    [Fact]
    public void Two_paths_to_a_database_share_the_lock()
    {
        File.WriteAllText(Database, "");
        File.CreateSymbolicLink(_folder.File("link.db"), Database);

        using var acquired = DatabaseLock.TryAcquire(_folder.File("link.db"));

        Assert.Null(DatabaseLock.TryAcquire(Database));
    }

    [Fact]
    public async Task Waiting_is_reported_once_and_ends_when_the_lock_is_released()
    {
        var waits = 0;
        var acquired = DatabaseLock.TryAcquire(Database)!;
        var waiting = DatabaseLock.AcquireAsync(Database, () => waits++, TestContext.Current.CancellationToken);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        acquired.Dispose();
        (await waiting).Dispose();

        Assert.Equal(1, waits);
    }

    [Fact]
    public void Databases_in_memory_do_not_share_a_lock()
    {
        using var one = DatabaseLock.TryAcquire(":memory:");
        using var other = DatabaseLock.TryAcquire(":memory:");

        Assert.NotNull(other);
    }

    [Fact]
    public void A_lock_that_cannot_be_created_is_an_error() =>
        Assert.Throws<DirectoryNotFoundException>(() => DatabaseLock.TryAcquire(_folder.File("none", "rag.db")));

    public void Dispose() => _folder.Dispose();
}
