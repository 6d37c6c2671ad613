using Jina.Extensions.AI.Inference;
using Jina.Extensions.AI.Loading;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Loading;

public sealed class ModelIdentityTests
{
    [Theory]
    [InlineData("config.json")]
    [InlineData("spiece.model")]
    public void A_file_that_cannot_be_read_is_named(string name)
    {
        using var folder = new TemporaryFolder();
        DemoModelCopy.To(folder);
        using var held = new FileStream(folder.File(name), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var error = Assert.Throws<JinaModelException>(() => ModelIdentity.Of(JinaEmbeddingModel.FromDirectory(folder.Path), folder.Path, preferOnnxExport: false));

        Assert.Equal(folder.File(name), error.ModelPath);
    }
}
