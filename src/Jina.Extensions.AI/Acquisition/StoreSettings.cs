using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Acquisition.Transfer;

namespace Jina.Extensions.AI.Acquisition;

/// <summary>Represents the settings of a store: the options, with the environment's values where an option is not set.</summary>
internal sealed record StoreSettings(
    string? CacheDirectory,
    ModelCache Cache,
    string Endpoint,
    string? Token,
    bool Offline,
    string OfflineReason,
    string HuggingFaceCache,
    TransferLimits Limits)
{
    private const string DefaultEndpoint = "https://huggingface.co";

    public static StoreSettings From(ModelStoreOptions options, HubEnvironment environment)
    {
        if (options.ReachTimeout <= TimeSpan.Zero || options.ReachTimeout > TimeSpan.FromDays(1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.ReachTimeout, $"{nameof(options.ReachTimeout)} must be more than zero and at most one day.");
        }

        return new(
            options.CacheDirectory,
            new ModelCache(ModelCache.FindRoot(options.CacheDirectory, environment)),
            options.Endpoint ?? environment.Endpoint ?? DefaultEndpoint,
            options.Token ?? environment.Token,
            options.Offline ?? environment.Offline,
            options.Offline is null ? $"{HubEnvironment.OfflineVariable} is set" : "the option Offline is set",
            environment.HuggingFaceCache,
            options.Limits with { Reach = options.ReachTimeout });
    }

    /// <summary>A record would print every member, and one of them is a secret.</summary>
    public override string ToString() => Cache.Root;
}
