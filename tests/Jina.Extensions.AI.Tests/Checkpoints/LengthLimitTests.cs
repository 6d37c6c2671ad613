using System.Text;
using System.Text.Json.Nodes;
using Jina.Extensions.AI.Checkpoints.Weights;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Extensions.AI.Tests.Checkpoints;

/// <summary>Tests files with longer names, lists and texts than any model has. Neither work nor messages grow with them.</summary>
public sealed class LengthLimitTests : IDisposable
{
    // Generous: quadratic work would take many minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    private string Safetensors => _folder.File("model.safetensors");

    private string Torch => _folder.File("pytorch_model.bin");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("shape", 33)]
    [InlineData("shape", 1_000_000)]
    [InlineData("data_offsets", 1_000_000)]
    public void A_long_list_of_numbers_is_counted_and_not_printed(string key, int count)
    {
        var numbers = string.Join(',', Enumerable.Repeat("9", count));
        var entry = key == "shape" ? $"[{numbers}], \"data_offsets\": [0, 4]" : $"[1], \"data_offsets\": [{numbers}]";
        Write($$$"""{"a": {"dtype": "F32", "shape": {{{entry}}}}}""");

        AssertRejected($"the {key} of a has {count} numbers; at most 32 are expected");
    }

    [Fact]
    public void A_header_above_8_MiB_is_rejected_unread()
    {
        var header = SafetensorsWriter.Header(new string(' ', (8 << 20) + 1));
        File.WriteAllBytes(Safetensors, header);

        AssertRejected("at most 8388608 are possible in this file");
    }

    [Fact]
    public void A_header_of_8_MiB_is_read()
    {
        Write("""{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}""".PadRight(8 << 20));

        Assert.Equal([1], WeightFiles.Open(_folder.Path).Require("a").Shape);
    }

    [Theory]
    [InlineData("""{"NAME": 1}""")]
    [InlineData("""{"NAME": {"dtype": "F32", "shape": [1], "data_offsets": [1, 0]}}""")]
    [InlineData("""{"NAME": {"dtype": "F32", "shape": [1], "data_offsets": [0, 8]}}""")]
    [InlineData("""{"NAME": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}""")]
    [InlineData("""{"NAME": {"dtype": "F32", "shape": [-2], "data_offsets": [0, 4]}}""")]
    [InlineData("""{"NAME": {"dtype": "F32", "shape": ["NAME"], "data_offsets": [0, 4]}}""")]
    [InlineData("""{"NAME": {"dtype": "F32", "shape": [0], "data_offsets": [1, 1]}}""")]
    [InlineData("""{"NAME": {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]}}""")]
    public void A_long_name_with_control_characters_is_shortened_and_escaped(string header)
    {
        Write(header.Replace("NAME", @"\u001b[31m\u202e" + new string('n', 3_000_000), StringComparison.Ordinal));

        AssertRejected(@"\u001b[31m\u202ennn");
    }

    [Fact]
    public async Task A_text_of_a_pickle_that_is_used_many_times_is_bounded()
    {
        Assert.Contains("a text has 1025 bytes; at most 1024", (await OpenPickleAsync(1025, 20_000)).Message, StringComparison.Ordinal);
        Assert.Contains("a text has 65000 bytes; at most 1024", (await OpenPickleAsync(65_000, 20_000)).Message, StringComparison.Ordinal);
        Assert.Contains("no entry a/data/kkk", (await OpenPickleAsync(1024, 20_000)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_shape_that_is_used_many_times_is_rejected_unread()
    {
        var pickle = new PickleWriter().Op("}").Op("(");
        for (var i = 0; i < 90_000; i++)
        {
            pickle.Op("N");
        }

        // The tuple is stored as entry 0 of the memo, which any number of tensors can use as their shapes.
        pickle.Op("tq\0").Storage("0", "FloatStorage", 0).Op("q\u0001");
        pickle.Global("torch._utils", "_rebuild_tensor_v2").Op("(h\u0001K\0h\0h\0tR");

        var error = await RejectedAsync(pickle.ToArray());

        Assert.Contains("a tensor has 90000 axes and 90000 strides; equal numbers of at most 8", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1013, "no entry")]
    [InlineData(1014, "has a name of 1025 bytes; at most 1024 are expected")]
    public void A_name_in_an_archive_is_bounded(int length, string expected)
    {
        using (var file = File.Create(Torch))
        using (var zip = new StoredZipWriter(file))
        {
            zip.Add("a/data.pkl", StateDict("0"));
            zip.Add($"a/data/x/{new string('n', length + 2)}", new byte[4]);
        }

        AssertRejected(expected);
    }

    [Fact]
    public void A_directory_of_an_archive_above_4_MiB_is_rejected_unread()
    {
        using (var file = File.Create(Torch))
        using (var zip = new StoredZipWriter(file))
        {
            zip.Add("a/data.pkl", StateDict("0"));
            for (var i = 0; i < 5000; i++)
            {
                zip.Add($"a/data/{i}{new string('n', 1000)}", []);
            }
        }

        AssertRejected("declares a directory of ");
    }

    [Fact]
    public void A_shard_with_many_spellings_is_read_once()
    {
        Write(
            """
            {"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}, "b": {"dtype": "F32", "shape": [0], "data_offsets": [4, 4]}}
            """);
        File.Move(Safetensors, _folder.File("s.safetensors"));
        var map = new JsonObject { ["a"] = "s.safetensors", ["b"] = "././s.safetensors" };
        for (var i = 0; i < 2000; i++)
        {
            map[$"b{i}"] = string.Concat(Enumerable.Repeat("./", i)) + "s.safetensors";
        }

        // All spellings are one file, so their number is not limited. The names that it does not have are the error.
        WriteIndex(map);
        AssertRejected("The file maps b0 to s.safetensors, which does not contain it");
    }

    [Fact]
    public void The_number_of_shards_is_bounded()
    {
        var map = new JsonObject();
        for (var i = 0; i <= 1000; i++)
        {
            Write($$$"""{"a{{{i}}}": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}""");
            File.Move(Safetensors, _folder.File($"{i}.safetensors"));
            map[$"a{i}"] = $"{i}.safetensors";
        }

        WriteIndex(map);
        AssertRejected("The file names more than 1000 weight files; an encoder has a few.");

        map.Remove("a1000");
        WriteIndex(map);
        Assert.Equal(1000, WeightFiles.Open(_folder.Path).Tensors.Count);
    }

    [Fact]
    public void A_long_value_of_a_settings_file_is_shortened_and_escaped()
    {
        using var model = new TrialModel();
        model.Edit("config.json", config => config["d_model"] = "\u009b" + new string('x', 5_000_000));

        var error = Assert.Throws<JinaModelException>(model.Open);

        Assert.InRange(error.Message.Length, 200, 1000);
        Assert.EndsWith("a positive integer is expected. Correct the file or download it again.", error.Message, StringComparison.Ordinal);
    }

    private static byte[] StateDict(string key) =>
        new PickleWriter().Op("}").Text("w").Tensor(key, "FloatStorage", 1, 0, [1], [1]).Op("s").ToArray();

    // Many tensors, each a few bytes, refer to one storage with a long key.
    private async Task<JinaModelException> OpenPickleAsync(int length, int tensors)
    {
        var pickle = new PickleWriter().Op("}").Text("x").Op("]").Storage(new string('k', length), "FloatStorage", 1).Op("q\0a")
            .Global("torch._utils", "_rebuild_tensor_v2").Op("q\u0001a").Tuple(1).Op("q\u0002as(");
        for (var i = 0; i < tensors; i++)
        {
            pickle.Text($"{i}").Op("h\u0001(h\0K\0h\u0002h\u0002tR");
        }

        return await RejectedAsync(pickle.Op("u").ToArray());
    }

    private async Task<JinaModelException> RejectedAsync(byte[] pickle)
    {
        using (var file = File.Create(Torch))
        using (var zip = new StoredZipWriter(file))
        {
            zip.Add("a/data.pkl", pickle);
        }

        var open = Task.Run(() => WeightFiles.Open(_folder.Path), TestContext.Current.CancellationToken);
        return await Assert.ThrowsAsync<JinaModelException>(() => open.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    private void Write(string header) => File.WriteAllBytes(Safetensors, [.. SafetensorsWriter.Header(header), .. new byte[4]]);

    private void WriteIndex(JsonObject map) => File.WriteAllBytes(
        _folder.File("model.safetensors.index.json"),
        Encoding.UTF8.GetBytes(new JsonObject { ["weight_map"] = map.DeepClone() }.ToJsonString()));

    private void AssertRejected(string message)
    {
        var error = Assert.Throws<JinaModelException>(() => WeightFiles.Open(_folder.Path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 1, 2000);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }
}
