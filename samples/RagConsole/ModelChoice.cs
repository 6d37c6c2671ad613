using Jina.Extensions.AI;

namespace RagConsole;

/// <summary>The embedding model to use, and why that one, in words for the user.</summary>
internal sealed record ModelChoice(JinaEmbeddingModel Model, string Reason)
{
    public const string Auto = "auto";
    public const string Demo = "demo";

    private const string WhatDemoDoes = "the demo model matches shared words more than meaning";

    private static readonly JinaEmbeddingModel DemoModel =
        JinaEmbeddingModel.FromDirectory(Path.Combine(AppContext.BaseDirectory, "models", "demo-en"));

    /// <summary>Understands the value of <c>--model</c>.</summary>
    /// <exception cref="ArgumentException">It names no model.</exception>
    public static ModelChoice From(string value) => value switch
    {
        Auto => Automatic(),
        Demo => new(DemoModel, $"as asked; {WhatDemoDoes}"),
        _ => new(JinaEmbeddingModel.Parse(value), "as asked"),
    };

    /// <summary>Prefers a real model; where a download is to be tried, it is tried here, before the demo.</summary>
    private static ModelChoice Automatic()
    {
        var preferred = JinaEmbeddingModel.SmallEnV1;
        return new ModelStore().TryLocate(preferred) is not null
            ? new(preferred, "found in the cache")
            : new(DemoModel, $"{preferred.Name} is not in the cache; {WhatDemoDoes}");
    }
}
