using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>Texts with their ids, as the model sees them.</summary>
internal sealed record Workload(IReadOnlyList<string> Texts, IReadOnlyList<T5Encoding> Ids)
{
    public long Tokens { get; } = Ids.Sum(text => (long)text.Ids.Count);

    public static Workload Of(IReadOnlyList<string> texts, T5Tokenizer tokenizer) => new(texts, [.. texts.Select(text => tokenizer.Encode(text))]);

    /// <summary>Returns the first texts.</summary>
    public Workload First(int count) => count >= Texts.Count ? this : new([.. Texts.Take(count)], [.. Ids.Take(count)]);

    /// <summary>Returns the operations of all texts, or null where the model's are not known.</summary>
    public double? Flops(ModelCost? cost) => cost is null ? null : Ids.Sum(text => cost.Flops(text.Ids.Count));
}
