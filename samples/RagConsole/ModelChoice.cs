using Jina.Extensions.AI;
using RagConsole.Output;

namespace RagConsole;

/// <summary>The embedding model to use, and why that one, in words for the user.</summary>
internal sealed record ModelChoice(JinaEmbeddingModel Model, string Reason)
{
    public const string Auto = "auto";
    public const string Demo = "demo";

    private const string WhatDemoDoes = "the demo model matches shared words more than meaning";

    /// <summary>Whoever did not ask for a download should not wait long for a hub that is out of reach.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private static readonly JinaEmbeddingModel DemoModel =
        JinaEmbeddingModel.FromDirectory(Path.Combine(AppContext.BaseDirectory, "models", "demo-en"));

    /// <summary>The model as <c>--model</c> takes it.</summary>
    public string Argument => Model.Equals(DemoModel) ? Demo : Model.ToString();

    /// <summary>Reads the value of <c>--model</c>; null is for auto, which is decided when it is known what can be had.</summary>
    /// <exception cref="ArgumentException">It names no model.</exception>
    public static JinaEmbeddingModel? Parse(string value) => value switch
    {
        Auto => null,
        Demo => DemoModel,
        _ => JinaEmbeddingModel.Parse(value),
    };

    /// <summary>Returns a model that is on this machine, downloaded if it must be; auto falls back to the demo model.</summary>
    /// <exception cref="JinaModelException">The model that was asked for by name is not to be had.</exception>
    public static async Task<ModelChoice> DecideAsync(JinaEmbeddingModel? asked, CancellationToken cancellationToken)
    {
        if (asked is not null)
        {
            await DownloadBar.ResolveAsync(new ModelStore(), asked, cancellationToken);
            return new(asked, asked.Equals(DemoModel) ? $"as asked; {WhatDemoDoes}" : "as asked");
        }

        var preferred = JinaEmbeddingModel.SmallEnV1;
        try
        {
            await DownloadBar.ResolveAsync(new ModelStore(new ModelStoreOptions { ReachTimeout = Patience }), preferred, cancellationToken);
            return new(preferred, "found in the cache or on the hub");
        }
        catch (JinaModelException error)
        {
            // The cause alone: what the message itself advises is for those who asked for this model.
            var why = (error.InnerException ?? error).Message.TrimEnd('.');
            return new(DemoModel, $"{preferred.Name} is not in the cache and cannot be downloaded now: {why}; {WhatDemoDoes}");
        }
    }
}
