using System.Net.Http.Headers;

namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>Represents the address of the hub or of a mirror, and decides which addresses are safe.</summary>
internal sealed class HubEndpoint
{
    private readonly Uri _address;

    private HubEndpoint(Uri address) => _address = address;

    /// <summary>Gets the host and port, without a user name or password that the address can contain.</summary>
    public string Host => _address.Authority;

    public static HubEndpoint Parse(string endpoint)
    {
        if (!Uri.TryCreate(endpoint.TrimEnd('/') + "/", UriKind.Absolute, out var address))
        {
            throw new HubException(
                $"The hub's address '{endpoint}' is not an address. Expected one like https://huggingface.co "
                + $"({HubEnvironment.EndpointVariable}).");
        }

        var hub = new HubEndpoint(address);
        hub.ThrowIfUnsafe(address);
        return hub;
    }

    /// <summary>
    /// Creates the header for a token. A token that a header cannot contain is rejected, and the message does not repeat it.
    /// </summary>
    public static AuthenticationHeaderValue? CreateAuthorization(string? token)
    {
        if (string.IsNullOrWhiteSpace(token))
        {
            return null;
        }

        return token.All(character => character is > ' ' and <= '~')
            ? new AuthenticationHeaderValue("Bearer", token)
            : throw new HubException(
                $"The access token ({HubEnvironment.TokenVariable}) contains blanks or characters that tokens do not have.");
    }

    public Uri FileUri(string repository, string revision, string path) =>
        new(_address, $"{repository}/resolve/{Uri.EscapeDataString(revision)}/{path}");

    public bool IsSameOrigin(Uri uri) =>
        Uri.Compare(uri, _address, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>
    /// Rejects plain http, which others on the network can read and change. It is allowed on this machine only, and a hub elsewhere
    /// cannot redirect to this machine.
    /// </summary>
    public void ThrowIfUnsafe(Uri uri)
    {
        var isSafe = uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback && _address.IsLoopback);
        if (!isSafe)
        {
            throw new HubException(
                $"{uri.Scheme}://{uri.Authority} is rejected: models are downloaded over https, or over http from this machine only. "
                + $"Use an https address ({HubEnvironment.EndpointVariable}).");
        }
    }
}
