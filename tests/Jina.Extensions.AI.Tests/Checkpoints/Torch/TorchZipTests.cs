using System.IO.Compression;
using System.Text;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Checkpoints.Weights;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Checkpoints.Torch;

public sealed class TorchZipTests : IDisposable
{
    private static readonly byte[] OneTensor = StateDict();

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("pytorch_model.bin");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_archive_is_read_with_and_without_zip64_records(bool zip64)
    {
        TorchZipWriter.Write(Path, OneTensor, [("0", 24, [Bytes(1, 24)])], zip64);

        Assert.Equal([0x04030201u], Words(1));
    }

    [Fact]
    public void Data_after_the_first_4_GB_is_found()
    {
        // On other systems, a file with a hole takes its full size on disk.
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a file system that keeps holes.");
        using (var file = File.Create(Path))
        {
            using var zip = new StoredZipWriter(file) { Zip64 = true };
            zip.Add("a/version", "3\n"u8.ToArray());
            file.Position = 5L << 30;
            zip.Add("a/data.pkl", OneTensor);
            zip.Add("a/data/0", 24, [Bytes(1, 24)]);
        }

        Assert.True(Open().Require("w").Offset > 5L << 30);
        Assert.Equal([0x04030201u], Words(1));
    }

    [Fact]
    public void A_comment_after_the_archive_is_skipped()
    {
        TorchZipWriter.Write(Path, OneTensor, [("0", 24, [Bytes(1, 24)])]);
        var bytes = File.ReadAllBytes(Path);
        bytes[^2] = 5;
        File.WriteAllBytes(Path, [.. bytes, .. "PK\u0005\u0006!"u8]);

        Assert.Equal([0x04030201u], Words(1));
    }

    [Fact]
    public void A_repackaged_archive_with_deflated_entries_is_rejected()
    {
        using (var zip = ZipFile.Open(Path, ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("archive/data.pkl", CompressionLevel.Optimal).Open();
            entry.Write(OneTensor);
        }

        AssertRejected("the zip entry archive/data.pkl is compressed (deflated)", "save the checkpoint with torch again");
    }

    /// <summary>Entry 0 is data.pkl, entry 2 is the weight, and entry 3 follows it.</summary>
    [Theory]
    [InlineData("PK\u0001\u0002", 2, 24, 25, "the zip entry archive/data/0 is not compressed, but has 24 bytes instead of 25")]
    [InlineData("PK\u0003\u0004", 2, 30, 'b', "the zip entry archive/data/0 is called 'brchive/data/0' in its local header at byte ")]
    [InlineData("PK\u0001\u0002", 0, 42, 64, "has archive/data/0 and another entry at byte ")]
    [InlineData(
        "PK\u0001\u0002", 2, 20, 200, "the zip entry archive/data/0 (200 bytes from byte ", ") reaches into the next entry at byte ")]
    public void Entries_that_two_readers_would_read_differently_are_rejected(
        string signature, int record, int field, int value, params string[] messages)
    {
        TorchZipWriter.Write(Path, OneTensor, [("0", 24, [Bytes(1, 24)])]);
        var bytes = File.ReadAllBytes(Path);
        var places = Enumerable.Range(0, bytes.Length - 4)
            .Where(at => bytes.AsSpan(at, 4).SequenceEqual(Encoding.ASCII.GetBytes(signature))).ToArray();
        bytes[places[record] + field] = (byte)value;
        if (field == 20)
        {
            bytes[places[record] + 24] = (byte)value;
        }
        else if (field == 42)
        {
            bytes.AsSpan(places[2] + field, 4).CopyTo(bytes.AsSpan(places[record] + field));
        }

        File.WriteAllBytes(Path, bytes);

        AssertRejected(messages);
    }

    [Theory]
    [InlineData(0, 1, "the zip entry a/data/0 is encrypted")]
    [InlineData(8, 0, "the zip entry a/data/0 is compressed (deflated)")]
    [InlineData(93, 0, "the zip entry a/data/0 is compressed (method 93)")]
    public void A_weight_that_is_not_stored_uncompressed_is_rejected(ushort method, ushort flags, string message)
    {
        using (var file = File.Create(Path))
        using (var zip = new StoredZipWriter(file))
        {
            zip.Add("a/data.pkl", OneTensor);
            zip.Add("a/data/0", 24, [Bytes(1, 24)], method, flags);
        }

        AssertRejected(message);
    }

    [Theory]
    [InlineData("big", "The byteorder is 'big'; little is expected")]
    [InlineData("", "The byteorder is ''; little is expected")]
    public void Another_byte_order_is_rejected(string order, string message)
    {
        WriteEntries(("a/data.pkl", OneTensor), ("a/data/0", new byte[24]), ("a/byteorder", Encoding.ASCII.GetBytes(order)));

        AssertRejected(message);
    }

    [Fact]
    public void An_archive_that_is_not_a_state_dict_is_rejected()
    {
        WriteEntries(("word/document.xml", new byte[10]));
        AssertRejected("The zip archive contains no data.pkl");

        WriteEntries(("a/data.pkl", OneTensor), ("b/data.pkl", OneTensor));
        AssertRejected("The zip archive contains more than one data.pkl");

        WriteEntries(("a/data.pkl", OneTensor), ("a/data.pkl", OneTensor));
        AssertRejected("the zip directory names a/data.pkl twice");

        WriteEntries(("a/data.pkl", OneTensor));
        AssertRejected("the zip archive has no entry a/data/0");

        WriteEntries(("a/data.pkl", OneTensor), ("a/data/0", new byte[23]));
        AssertRejected("The zip entry a/data/0 has 23 bytes, but its FloatStorage of 6 elements needs more");
    }

    [Fact]
    public void A_truncated_archive_is_rejected_at_every_length()
    {
        TorchZipWriter.Write(Path, OneTensor, [("0", 24, [Bytes(1, 24)])]);
        var bytes = File.ReadAllBytes(Path);

        for (var length = 4; length < bytes.Length; length++)
        {
            File.WriteAllBytes(Path, bytes[..length]);
            AssertRejected("The file is damaged or truncated: the zip archive has no end record. Download it again.");
        }
    }

    [Fact]
    public void A_file_of_another_kind_is_rejected_with_its_first_bytes()
    {
        File.WriteAllBytes(Path, [0x1F, 0x8B, 8, 0, 0]);

        AssertRejected("The file begins with the bytes 1F8B0800; a zip archive (504B0304), as torch.save writes, is expected");
    }

    private static byte[] StateDict() =>
        new PickleWriter().Op("}(").Text("w").Tensor("0", "FloatStorage", 6, 0, [2, 3], [3, 1]).Op("u").ToArray();

    private static byte[] Bytes(byte first, int count) => [.. Enumerable.Range(first, count).Select(value => (byte)value)];

    private TensorDirectory Open() => WeightFiles.Open(_folder.Path);

    private uint[] Words(int count)
    {
        var values = WeightReader.Read(Open().Require("w"));
        return [.. values.Take(count).Select(BitConverter.SingleToUInt32Bits)];
    }

    private void WriteEntries(params (string Name, byte[] Content)[] entries)
    {
        using var file = File.Create(Path);
        using var zip = new StoredZipWriter(file);
        foreach (var (name, content) in entries)
        {
            zip.Add(name, content);
        }
    }

    private void AssertRejected(params string[] parts)
    {
        var error = Assert.Throws<JinaModelException>(Open);
        Assert.Equal(Path, error.ModelPath);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
