using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Acquisition.Transfer;
using Jina.Testing;
using Jina.Testing.Hub;

namespace Jina.Extensions.AI.Tests.Acquisition;

public class PartialFileTests
{
    [Fact]
    public async Task After_a_canceled_attempt_the_next_one_can_open_the_file()
    {
        using var folder = new TemporaryFolder();
        var (path, content) = (folder.File("weights.incomplete"), new byte[300_000]);
        await File.WriteAllBytesAsync(path, content[..200_000], TestContext.Current.CancellationToken);
        var digest = new ContentDigest(new HubFile("weights", content, IsLarge: true).Digest);
        var remote = new RemoteFile("weights", null, content.Length, digest);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => PartialFile.OpenAsync(path, remote, new CancellationToken(canceled: true)));

        using var partial = await PartialFile.OpenAsync(path, remote, TestContext.Current.CancellationToken);
        Assert.Equal(200_000, partial.Length);
    }
}
