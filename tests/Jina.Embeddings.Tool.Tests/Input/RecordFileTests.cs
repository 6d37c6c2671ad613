using System.IO.Compression;
using System.Text;
using Jina.Embeddings.Tool.Input;
using Jina.Testing;
using Parquet;
using Parquet.Schema;
using ZstdSharp;

namespace Jina.Embeddings.Tool.Tests.Input;

public sealed class RecordFileTests : IDisposable
{
    private static readonly RecordFields Fields = new("body", "key");

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.csv", "key,body\n1,plain\nk2,\"two\nlines, \"\"quoted\"\"\"\n", "two\nlines, \"quoted\"")]
    [InlineData("a.tsv", "other\tbody\tkey\nx\tplain\t1\ny\tlast\tk2", "last")]
    [InlineData("a.csv", "key,body,other\n1,plain,\"\"\nk2,\"\"\"\",\"a,\"\"b\"\"\"", "\"")]
    public async Task A_table_has_its_columns_in_any_order(string name, string content, string last)
    {
        var records = await ReadAsync(await WriteAsync(name, content));

        Assert.Equal([new(0, "1", "plain"), new(1, "k2", last)], records);
    }

    [Theory]
    [InlineData("a.csv", "id,body\n1,x\n", "has no column 'key'; found id, body", "--id-field")]
    [InlineData("a.csv", "key,body,key\n1,a,2\n", "The header cannot be read", "'key' found 2 times")]
    [InlineData("a.csv", "", "has no column 'body'; found no columns", "--text-field")]
    [InlineData("a.csv", "key,body\n1,a\n2\n", "line 3: found 1 columns, expected 2")]
    [InlineData("a.csv", "key,body\n1,a,more\n", "line 2: found 3 columns, expected 2")]
    [InlineData("a.csv", "key,body\n1,\"open\n2,b\n", "line 2: found a quote")]
    [InlineData("a.csv", "key,body\n1,\"a\"b\n2,b\n", "line 2: found a quote")]
    [InlineData("a.tsv", "key\tbody\n1\ta\n2\tA 5\" pipe\n3\tb\n", "line 3: found a quote")]
    [InlineData("a.tsv", "key\tbody\tother\n1\ta\tA 5\" pipe\n2\tb\tc\n", "line 2: found a quote")]
    [InlineData("a.csv", "key,body\n,a\n", "line 2: found an empty ID")]
    [InlineData("a.csv", "key,body\n1,a\n1,b\n", "line 3: found the ID '1' a second time")]
    [InlineData("a.jsonl", "{\"body\":\"a\",\"key\":1}\n{\"body\":\"b\",\"key\":1}\n", "line 2: found the ID '1' a second time")]
    [InlineData("a.parquet", "PAR1 is not enough", "not a whole Parquet file")]
    public async Task A_faulty_file_is_reported(string name, string content, params string[] words)
    {
        var path = await WriteAsync(name, content);

        var error = await Assert.ThrowsAsync<CommandException>(() => ReadAsync(path));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task A_compressed_file_with_any_name_is_decompressed(string compression)
    {
        var lines = Lines(3000);
        var path = _folder.File("texts.jsonl");
        await File.WriteAllBytesAsync(path, Compress(lines, compression), Token);

        var records = await ReadAsync(path);

        Assert.Equal(3000, records.Count);
        Assert.Equal(new InputRecord(2999, "k2999", "text 2999"), records[^1]);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task A_compressed_file_that_ends_too_early_is_reported_after_its_records(string compression)
    {
        var path = _folder.File("texts.jsonl");
        var bytes = Compress(Lines(200_000), compression);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length - 20)], Token);
        var count = 0;

        var error = await Assert.ThrowsAsync<CommandException>(() => ReadAsync(path, onRead: read => count = read));

        Assert.Contains($"The {compression} data is damaged or ends too early", error.Message, StringComparison.Ordinal);
        Assert.InRange(count, 1000, 199_999);
    }

    [Fact]
    public async Task A_Parquet_file_can_have_texts_or_integers_as_IDs()
    {
        var path = _folder.File("texts.parquet");
        var (number, text, key) = (new DataField<long>("number"), new DataField<string>("body"), new DataField<string>("key"));
        await using (var file = File.Create(path))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(number, text, key), file, cancellationToken: Token))
        {
            for (var group = 0L; group < 2; group++)
            {
                using var rows = writer.CreateRowGroup();
                await rows.WriteAsync<long>(number, new[] { group * 2, (group * 2) + 1 }, cancellationToken: Token);
                await rows.WriteAsync(text, [$"first of {group}", $"second of {group}"]);
                await rows.WriteAsync(key, [$"{group}a", $"{group}b"]);
            }
        }

        Assert.Equal(["0a", "0b", "1a", "1b"], (await ReadAsync(path)).Select(record => record.Id));
        var byNumber = await ReadAsync(path, fields: new RecordFields("body", "number"));
        Assert.Equal(new InputRecord(3, "3", "second of 1"), byNumber[^1]);
        var error = await Assert.ThrowsAsync<CommandException>(() => ReadAsync(path, fields: new RecordFields("number")));
        Assert.Contains("'number' has values of type Int64; expected texts", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, new long[] { 1, 5, 9 })]
    [InlineData(5, new long[] { 5, 9 })]
    [InlineData(10, new long[0])]
    public async Task A_selection_has_the_records_of_a_shard_from_an_index_on(long first, long[] expected)
    {
        var path = await WriteAsync("a.jsonl", Lines(12));

        var records = await ReadAsync(path, new RecordSelection(new Shard(1, 4), first));

        Assert.Equal(expected, records.Select(record => record.Index));
    }

    [Fact]
    public async Task Invalid_records_of_other_shards_are_not_read()
    {
        var path = await WriteAsync("a.jsonl", "{\"body\":\"a\",\"key\":1}\ndamaged\n{\"body\":\"c\",\"key\":3}\n");

        Assert.Equal(["1", "3"], (await ReadAsync(path, new RecordSelection(new Shard(0, 2)))).Select(record => record.Id));
        await Assert.ThrowsAsync<CommandException>(() => ReadAsync(path, new RecordSelection(new Shard(1, 2))));
    }

    [Theory]
    [InlineData("a.csv", RecordFormat.Csv)]
    [InlineData("a.CSV.gz", RecordFormat.Csv)]
    [InlineData("a.tsv.zst", RecordFormat.Tsv)]
    [InlineData("a.parquet", RecordFormat.Parquet)]
    [InlineData("a.jsonl", RecordFormat.Lines)]
    [InlineData("-", RecordFormat.Lines)]
    public void The_name_of_a_file_can_imply_its_format(string name, object expected) =>
        Assert.Equal(expected, RecordFile.GuessFormat(name));

    private static string Lines(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(number => $"{{\"key\":\"k{number}\",\"body\":\"text {number}\"}}\n"));

    private static byte[] Compress(string text, string compression)
    {
        using var bytes = new MemoryStream();
        using (Stream stream = compression == "gzip"
            ? new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true)
            : new CompressionStream(bytes, leaveOpen: true))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private async Task<string> WriteAsync(string name, string content)
    {
        await File.WriteAllTextAsync(_folder.File(name), content, Token);
        return _folder.File(name);
    }

    private static async Task<List<InputRecord>> ReadAsync(
        string path, RecordSelection? selection = null, RecordFields? fields = null, Action<int>? onRead = null)
    {
        var format = Path.GetExtension(path) == ".jsonl" ? RecordFormat.Jsonl : RecordFile.GuessFormat(path);
        using var input = await RecordFile.OpenAsync(
            path, format, fields ?? Fields, selection ?? new RecordSelection(Shard.Whole), "--input", Token);
        var records = new List<InputRecord>();
        while (await input.ReadAsync(Token) is { Count: > 0 } window)
        {
            records.AddRange(window);
            onRead?.Invoke(records.Count);
        }

        return records;
    }
}
