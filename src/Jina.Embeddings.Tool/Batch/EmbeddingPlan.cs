namespace Jina.Embeddings.Tool.Batch;

/// <summary>Computes the time, the cost and the sizes of embedding many texts.</summary>
/// <param name="Texts">The number of texts.</param>
/// <param name="TokensPerText">The average number of tokens of a text after truncation.</param>
/// <param name="TokensPerSecond">The throughput of one machine, as <c>bench</c> measures it.</param>
/// <param name="Machines">The number of machines.</param>
/// <param name="Dimensions">The dimensions of the model.</param>
/// <param name="PricePerHour">The price of a machine per hour, in any currency, or <see langword="null"/> if it is unknown.</param>
internal sealed record EmbeddingPlan(
    double Texts, double TokensPerText, double TokensPerSecond, int Machines, int Dimensions, double? PricePerHour)
{
    /// <summary>
    /// The bytes of a component in JSON lines: 12.2 for the abstracts of SciFact with the demo model and 11.6 with random weights of
    /// model s.
    /// </summary>
    private const double JsonBytesPerComponent = 12;

    public double Tokens => Texts * TokensPerText;

    public double MachineHours => Tokens / TokensPerSecond / 3600;

    public double Hours => MachineHours / Machines;

    public double? Cost => MachineHours * PricePerHour;

    /// <summary>Gets the number of shards that take about an hour each, and at least one per machine.</summary>
    public double Shards => Math.Max(Machines, Math.Ceiling(MachineHours));

    public double FloatBytes => Texts * Dimensions * sizeof(float);

    public double Int8Bytes => Texts * Dimensions;

    public double BinaryBytes => Texts * Math.Ceiling(Dimensions / 8.0);

    public double JsonBytes => Texts * Dimensions * JsonBytesPerComponent;

    /// <summary>Gets the memory of the SQLite store for exact search: docs/vector-store.md has the formula.</summary>
    public double FlatMemoryBytes => Texts * (Dimensions + 24);

    /// <summary>Gets the memory of the SQLite store with <c>IndexKind.QuantizedFlat</c>.</summary>
    public double QuantizedMemoryBytes => Texts * ((Dimensions / 8.0) + 8);

    /// <summary>Gets the size of an HNSW index of pgvector over the type <c>vector</c>.</summary>
    public double HnswBytes => PostgresIndexBytes(sizeof(float));

    /// <summary>Gets the size of an HNSW index of pgvector over the type <c>halfvec</c>.</summary>
    public double HalfvecHnswBytes => PostgresIndexBytes(sizeof(ushort));

    /// <summary>
    /// Computes the size from the page layout of pgvector 0.8 with m = 16: a page of 8,192 bytes has 8,156 bytes for records. A record has
    /// a vector with a header of 8 bytes, and 280 bytes for row pointers, neighbors and headers. A record is never on two pages.
    /// </summary>
    private double PostgresIndexBytes(int bytesPerComponent) =>
        Texts * 8192 / Math.Max(1, 8156 / (288 + (Dimensions * bytesPerComponent)));
}
