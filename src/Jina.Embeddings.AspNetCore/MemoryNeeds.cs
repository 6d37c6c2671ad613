namespace Jina.Embeddings.AspNetCore;

/// <summary>Computes the bytes that a request needs in each stage. Each result is the most that a request of its size can take.</summary>
internal static class MemoryNeeds
{
    /// <summary>The buffers of a connection and the objects of a request. It also limits the bodies that arrive at once.</summary>
    public const int Request = 16 * 1024;

    /// <summary>
    /// The bytes that reading takes per byte of a body. A text takes two for its UTF-16 and one for a copy without escapes, and a token
    /// ID takes two, because it has a comma.
    /// </summary>
    private const int ReadingPerByte = 3;

    /// <summary>An object of a text or a list, and its place in the list of inputs, which grows by doubling.</summary>
    private const int PerInput = 48;

    /// <summary>The shortest input in a list: <c>"",</c>.</summary>
    private const int MinInputBytes = 3;

    /// <summary>The token IDs of an input while it waits, and their upper limit: three windows of 32,768 IDs.</summary>
    private const int TokensPerInput = 4 * 1024;

    private const int MaxTokens = 1024 * 1024;

    /// <summary>A token with its position, in the list that grows by doubling and in its final place.</summary>
    private const int PerTokenPosition = 80;

    /// <summary>A token ID in a list that grows by doubling.</summary>
    private const int DocumentPerToken = 3 * sizeof(int);

    /// <summary>The pieces of a response that wait for the client.</summary>
    private const int ResponseBuffer = 128 * 1024;

    private const long MostByDefault = 256 * 1024 * 1024;

    /// <summary>The part of the process's memory that requests hold by default. The model and garbage need the rest.</summary>
    private const int DefaultPart = 4;

    /// <summary>Returns the default limit for all requests, which fits into the memory limit of the process or container.</summary>
    public static long DefaultLimit(JinaEmbeddingEndpointOptions options) => Math.Max(
        OfLargestBody(options), Math.Min(MostByDefault, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / DefaultPart));

    /// <summary>
    /// Returns the bytes for reading the largest body, so that it fits if the server is idle. Its inputs can need more, which depends
    /// on the model.
    /// </summary>
    public static long OfLargestBody(JinaEmbeddingEndpointOptions options) =>
        Request + options.MaxBodyBytes + OfReading(options.MaxBodyBytes, options.MaxInputs);

    /// <summary>Returns the bytes for reading a body, in addition to the body.</summary>
    public static long OfReading(int length, int maxInputs) =>
        ((long)length * ReadingPerByte) + ((long)Math.Min(maxInputs, length / MinInputBytes) * PerInput);

    /// <summary>Returns the bytes for converting token IDs to texts, in addition to the token IDs.</summary>
    /// <param name="texts">The number of texts.</param>
    /// <param name="totalBytes">The bytes of all texts in UTF-8.</param>
    /// <param name="largestBytes">The bytes of the largest text in UTF-8.</param>
    public static long OfDecoding(int texts, int totalBytes, int largestBytes) =>
        ((long)texts * PerInput) + (sizeof(char) * (long)totalBytes) + largestBytes;

    /// <summary>Returns the bytes of the token IDs that wait.</summary>
    public static long OfTokens(int inputs) => Math.Min((long)inputs * TokensPerInput, MaxTokens);

    /// <summary>Returns the bytes of tokens with their positions, and of their response.</summary>
    public static long OfTokenPositions(long count) => (count * PerTokenPosition) + ResponseBuffer;

    /// <summary>Returns the bytes of the token IDs of a document for late chunking, in addition to its windows.</summary>
    public static long OfDocument(int tokens) => (long)DocumentPerToken * tokens;

    /// <summary>Returns the bytes of vectors and of their response.</summary>
    public static long OfVectors(int count, int dimensions)
    {
        var vectors = (long)count * ((dimensions * sizeof(float)) + PerInput);
        return vectors + Math.Min(vectors, ResponseBuffer);
    }
}
