using Jina.Extensions.AI.Acquisition.Cache;
using Jina.Extensions.AI.Acquisition.Hub;
using Jina.Extensions.AI.Acquisition.Transfer;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Acquisition;

/// <summary>Represents the settings of a store: the options, with the environment's values where an option is not set.</summary>
internal sealed record StoreSettings(
    string? CacheDirectory,
    ModelCache Cache,
    ModelCache Packaged,
    string Endpoint,
    string? Token,
    string? TokenFile,
    bool Offline,
    string OfflineReason,
    string HuggingFaceCache,
    TransferLimits Limits)
{
    /// <summary>The most bytes of a file with an access token. Tokens of the hub have about 40.</summary>
    private const int MaximumToken = 4096;

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
            new ModelCache(options.PackagedFolder),
            options.Endpoint ?? environment.Endpoint ?? DefaultEndpoint,
            options.Token ?? environment.Token,
            environment.TokenFile,
            options.Offline ?? environment.Offline,
            options.Offline is null ? $"{HubEnvironment.OfflineVariable} is set" : "the option Offline is set",
            environment.HuggingFaceCache,
            options.Limits with { Reach = options.ReachTimeout });
    }

    /// <summary>Returns the access token, or the one in the file, or <see langword="null"/> if there is neither.</summary>
    /// <exception cref="HubException">The file cannot be read.</exception>
    public string? ReadToken()
    {
        try
        {
            var token = Token ?? (TokenFile is null ? null : RegularFile.TryReadText(TokenFile, MaximumToken));
            return string.IsNullOrWhiteSpace(token) ? null : token;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HubException(
                $"The access token in {TokenFile} cannot be read ({exception.Message}). "
                + $"Correct its permissions, or set {HubEnvironment.TokenVariable} or HF_TOKEN_PATH.",
                exception);
        }
    }

    /// <summary>A record would print every member, and one of them is a secret.</summary>
    public override string ToString() => Cache.Root;
}
