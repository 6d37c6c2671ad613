using System.Buffers;
using System.IO.Compression;
using System.Reflection;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Represents the vocabulary of an encoding of OpenAI: the bytes of each token ID. Safe for concurrent use.</summary>
/// <remarks>
/// The data is that of the packages for Microsoft.ML.Tokenizers, but <c>TiktokenTokenizer</c> is not used: it skips unknown IDs, does not
/// return the number of bytes, and keeps several dictionaries for encoding, which the server does not need.
/// </remarks>
internal sealed class TokenVocabulary
{
    private const string ResourceSuffix = ".tiktoken.deflate";

    /// <summary>The first line of the data. The tokens follow, one per line, in the order of their IDs.</summary>
    private const string CapacityLine = "Capacity: ";

    /// <summary>More than the longest token, whose base64 has 172 characters.</summary>
    private const int MaxTokenBytes = 1024;

    // The names of the types must be literals. Then the trimmer keeps the types, and with them the resources of their assemblies.
    private static readonly Lazy<TokenVocabulary> Cl100kBase = new(static () => Load(
        Type.GetType("Microsoft.ML.Tokenizers.Cl100kBaseTokenizerData, Microsoft.ML.Tokenizers.Data.Cl100kBase")?.Assembly,
        "cl100k_base",
        count: 100_256,
        new()
        {
            [100_257] = "<|endoftext|>"u8.ToArray(),
            [100_258] = "<|fim_prefix|>"u8.ToArray(),
            [100_259] = "<|fim_middle|>"u8.ToArray(),
            [100_260] = "<|fim_suffix|>"u8.ToArray(),
            [100_276] = "<|endofprompt|>"u8.ToArray(),
        }));

    private static readonly Lazy<TokenVocabulary> O200kBase = new(static () => Load(
        Type.GetType("Microsoft.ML.Tokenizers.O200kBaseTokenizerData, Microsoft.ML.Tokenizers.Data.O200kBase")?.Assembly,
        "o200k_base",
        count: 199_998,
        new()
        {
            [199_999] = "<|endoftext|>"u8.ToArray(),
            [200_018] = "<|endofprompt|>"u8.ToArray(),
        }));

    private readonly byte[] _bytes;
    private readonly int[] _starts;
    private readonly Dictionary<int, byte[]> _special;

    private TokenVocabulary(string name, byte[] bytes, int[] starts, Dictionary<int, byte[]> special)
    {
        Name = name;
        _bytes = bytes;
        _starts = starts;
        _special = special;
    }

    /// <summary>Gets the name of the encoding.</summary>
    public string Name { get; }

    /// <summary>Gets the valid IDs, for messages.</summary>
    public string ValidIds => $"0 to {_starts.Length - 2} and the special tokens {string.Join(", ", _special.Keys.Order())}";

    /// <summary>Returns the vocabulary of an encoding of OpenAI. The first call reads it from an assembly.</summary>
    public static TokenVocabulary Get(TokenIdEncoding encoding) => encoding switch
    {
        TokenIdEncoding.Cl100kBase => Cl100kBase.Value,
        TokenIdEncoding.O200kBase => O200kBase.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(encoding), encoding, "The vocabulary of a model is in its tokenizer."),
    };

    /// <summary>Returns the bytes of a token, or an empty span if the ID is not in the encoding. Special tokens are their names.</summary>
    public ReadOnlySpan<byte> Find(int id)
    {
        if (id >= 0 && id < _starts.Length - 1)
        {
            return _bytes.AsSpan(_starts[id].._starts[id + 1]);
        }

        return _special.GetValueOrDefault(id);
    }

    private static TokenVocabulary Load(Assembly? data, string name, int count, Dictionary<int, byte[]> special)
    {
        using var resource = data?.GetManifestResourceStream(name + ResourceSuffix)
            ?? throw new InvalidOperationException($"The vocabulary {name} is missing. Its package is not part of the application.");
        using var lines = new StreamReader(new DeflateStream(resource, CompressionMode.Decompress));
        if (lines.ReadLine()?.StartsWith(CapacityLine, StringComparison.Ordinal) is not true)
        {
            throw Unexpected(name);
        }

        var bytes = new ArrayBufferWriter<byte>();
        var starts = new int[count + 1];
        for (var id = 0; id < count; id++)
        {
            var line = lines.ReadLine() ?? throw Unexpected(name);
            if (!Convert.TryFromBase64String(line, bytes.GetSpan(MaxTokenBytes), out var length))
            {
                throw Unexpected(name);
            }

            bytes.Advance(length);
            starts[id + 1] = bytes.WrittenCount;
        }

        return lines.ReadLine() is null ? new TokenVocabulary(name, bytes.WrittenSpan.ToArray(), starts, special) : throw Unexpected(name);
    }

    private static InvalidOperationException Unexpected(string name) =>
        new($"The vocabulary {name} is not in the expected format. Use the version of its package that this package references.");
}
