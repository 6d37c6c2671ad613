using System.Text.Json.Nodes;
using Jina.Extensions.AI.Checkpoints;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Checkpoints;

/// <summary>Represents a valid model in a folder of its own, for a test to damage.</summary>
internal sealed class TrialModel : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TrialModel(RandomCheckpointOptions? options = null) => RandomCheckpoint.Write(_folder.Path, options);

    public string Path => _folder.Path;

    public string File(params string[] parts) => _folder.File(parts);

    public Checkpoint Open() => Checkpoint.Open(Path);

    public TrialModel Edit(string file, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(System.IO.File.ReadAllText(File(file)))!;
        change(json);
        System.IO.File.WriteAllText(File(file), json.ToJsonString());
        return this;
    }

    /// <summary>Replaces or adds a file.</summary>
    public TrialModel Put(string file, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(File(file))!);
        System.IO.File.WriteAllBytes(File(file), content);
        return this;
    }

    /// <summary>Replaces the weights with a torch file that has the given pickle and storages of 64 bytes each.</summary>
    public TrialModel PutTorch(byte[] pickle, params string[] storages)
    {
        System.IO.File.Delete(File("model.safetensors"));
        var entries = storages.Select(key => (key, 64L, (IEnumerable<ReadOnlyMemory<byte>>)[new byte[64]]));
        TorchZipWriter.Write(File("pytorch_model.bin"), pickle, entries);
        return this;
    }

    /// <summary>Asserts that the model is rejected because of a file, with a message that contains all the parts.</summary>
    public void AssertRejected(string file, params string[] parts)
    {
        var error = Assert.Throws<JinaModelException>(Open);
        Assert.Equal(file.Length == 0 ? Path : File(file), error.ModelPath);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));

        // Every message ends with the next step, in a sentence.
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
