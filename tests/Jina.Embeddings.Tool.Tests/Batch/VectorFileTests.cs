using System.Text;
using CsCheck;
using Jina.Embeddings.Tool.Batch;
using Jina.Testing;

namespace Jina.Embeddings.Tool.Tests.Batch;

public sealed class VectorFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("vectors.jsonl", EmbeddingType.Float, true)]
    [InlineData("vectors.jsonl", EmbeddingType.Binary, false)]
    [InlineData("vectors.parquet", EmbeddingType.Float, false)]
    [InlineData("vectors.parquet", EmbeddingType.Float, true)]
    [InlineData("vectors.parquet", EmbeddingType.Int8, true)]
    [InlineData("vectors.parquet", EmbeddingType.Binary, true)]
    public async Task Written_vectors_are_read_back_exactly(string name, object type, bool hasIds)
    {
        // More rows than one group has.
        var records = CreateRecords(9000, length: 3, (EmbeddingType)type, hasIds);
        var format = name.EndsWith(".parquet", StringComparison.Ordinal) ? VectorFormat.Parquet : VectorFormat.Jsonl;

        await WriteAsync(name, format, new VectorLayout(records.Count, 3, hasIds, (EmbeddingType)type), records);

        var read = await new VectorMerge([_folder.File(name)], (EmbeddingType)type).ReadAsync(Token).ToListAsync(Token);
        Assert.Equal(records.Select(Describe), read.Select(Describe));
    }

    [Theory]
    [InlineData(EmbeddingType.Float, "<f4", 4)]
    [InlineData(EmbeddingType.Int8, "|i1", 1)]
    [InlineData(EmbeddingType.Binary, "|u1", 1)]
    public async Task An_array_has_a_header_and_rows(object type, string description, int size)
    {
        var records = CreateRecords(7, length: 5, (EmbeddingType)type, hasIds: false);

        await WriteAsync("vectors.npy", VectorFormat.Npy, new VectorLayout(7, 5, HasIds: false, (EmbeddingType)type), records);

        var bytes = await File.ReadAllBytesAsync(_folder.File("vectors.npy"), Token);
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0], bytes[..8]);
        var header = BitConverter.ToUInt16(bytes, 8) + 10;
        Assert.Equal(0, header % 64);
        Assert.Equal(
            $"{{'descr': '{description}', 'fortran_order': False, 'shape': (7, 5), }}",
            Encoding.ASCII.GetString(bytes[10..header]).TrimEnd());
        Assert.Equal(header + (7 * 5 * size), bytes.Length);
        var last = records[^1].Components.Span[^1];
        var expected = size == 4 ? BitConverter.GetBytes(last) : [unchecked((byte)(int)last)];
        Assert.Equal(expected, bytes[^size..]);
    }

    [Fact]
    public async Task A_failure_leaves_no_file()
    {
        var records = CreateRecords(2, length: 2, EmbeddingType.Float, hasIds: false);
        records[1] = records[1] with { Components = new[] { float.NaN, 0 } };

        await Assert.ThrowsAsync<CommandException>(
            () => WriteAsync("a.jsonl", VectorFormat.Jsonl, new VectorLayout(2, 2, HasIds: false, EmbeddingType.Float), records));

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Shards_are_merged_in_the_order_of_the_input() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[0, 40]).Sample(
            (shards, count) =>
            {
                var parts = Enumerable.Range(0, shards).Select(shard => _folder.File($"{Guid.NewGuid():N}-{shard}.jsonl")).ToList();
                var records = CreateRecords(count, length: 2, EmbeddingType.Float, hasIds: true);
                foreach (var (shard, part) in parts.Index())
                {
                    File.WriteAllLines(part, records.Where(record => record.Index % shards == shard).Select(ToLine));
                }

                var merged = new VectorMerge(parts, EmbeddingType.Float).ReadAsync(Token).ToBlockingEnumerable(Token).ToList();
                return merged.Select(Describe).SequenceEqual(records.Select(Describe));
            },
            iter: 30);

    [Fact]
    public async Task A_part_in_another_order_is_reported()
    {
        var records = CreateRecords(3, length: 2, EmbeddingType.Float, hasIds: false);
        await File.WriteAllLinesAsync(_folder.File("a.jsonl"), [ToLine(records[0]), ToLine(records[2]), ToLine(records[1])], Token);
        var merge = new VectorMerge([_folder.File("a.jsonl")], EmbeddingType.Float);

        var error = await Assert.ThrowsAsync<CommandException>(async () => await merge.ReadAsync(Token).ToListAsync(Token));

        Assert.Contains("Index 1 follows 2", error.Message, StringComparison.Ordinal);
    }

    private static List<VectorRecord> CreateRecords(int count, int length, EmbeddingType type, bool hasIds) =>
        [.. Enumerable.Range(0, count).Select(index => new VectorRecord(
            index, hasIds ? $"id \"{index}\" 🎉" : null, index % 512, CreateComponents(new Random(index), length, type)))];

    private static float[] CreateComponents(Random random, int length, EmbeddingType type) =>
        [.. Enumerable.Range(0, length).Select(_ => type switch
        {
            EmbeddingType.Int8 => random.Next(-127, 128),
            EmbeddingType.Binary => random.Next(256),
            _ => (random.NextSingle() * 2) - 1,
        })];

    private static string Describe(VectorRecord record) =>
        $"{record.Index} {record.Id} {record.Tokens} {string.Join(' ', record.Components.ToArray())}";

    private static string ToLine(VectorRecord record)
    {
        using var bytes = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(bytes))
        {
            JsonLinesVectorWriter.Write(json, record);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private Task WriteAsync(string name, VectorFormat format, VectorLayout layout, List<VectorRecord> records) =>
        VectorFile.WriteAsync(_folder.File(name), format, layout, records.ToAsyncEnumerable(), Token);
}
