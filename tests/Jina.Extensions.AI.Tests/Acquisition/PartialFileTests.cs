using Jina.Extensions.AI.Acquisition;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Acquisition.Transfer;
using Jina.Testing;
using Jina.Testing.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class PartialFileTests
{
    [Fact]
    public async Task When_reading_what_is_there_is_cancelled_the_next_try_can_open_it()
    {
        using var folder = new TemporaryFolder();
        var (path, content) = (folder.File("weights.incomplete"), new byte[300_000]);
        await File.WriteAllBytesAsync(path, content[..200_000], TestContext.Current.CancellationToken);
        var remote = new RemoteFile("weights", null, content.Length, new ContentDigest(new HubFile("weights", content, IsLarge: true).Digest));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PartialFile.OpenAsync(path, remote, new CancellationToken(canceled: true)));

        using var partial = await PartialFile.OpenAsync(path, remote, TestContext.Current.CancellationToken);
        Assert.Equal(200_000, partial.Length);
    }
}
