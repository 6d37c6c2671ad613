using System.Net.Http.Headers;

namespace Jina.Extensions.AI.Acquisition.Hub;

/// <summary>The address of the hub or of a mirror, and what may be sent where.</summary>
internal sealed class HubEndpoint
{
    private readonly Uri _address;

    private HubEndpoint(Uri address) => _address = address;

    /// <summary>Gets host and port, without a user's name or password that the address may hold.</summary>
    public string Host => _address.Authority;

    public static HubEndpoint Parse(string endpoint)
    {
        if (!Uri.TryCreate(endpoint.TrimEnd('/') + "/", UriKind.Absolute, out var address))
        {
            throw new HubException(
                $"The hub's address '{endpoint}' is no address; expected one like https://huggingface.co ({HubEnvironment.EndpointVariable}).");
        }

        var hub = new HubEndpoint(address);
        hub.ThrowIfUnsafe(address);
        return hub;
    }

    /// <summary>Makes the header of a token. A token that no header can hold is refused without repeating it.</summary>
    public static AuthenticationHeaderValue? Authorization(string? token)
    {
        if (string.IsNullOrWhiteSpace(token))
        {
            return null;
        }

        return token.All(character => character is > ' ' and <= '~')
            ? new AuthenticationHeaderValue("Bearer", token)
            : throw new HubException($"The access token ({HubEnvironment.TokenVariable}) holds blanks or characters that no token has.");
    }

    public Uri FileUri(string repository, string revision, string path) =>
        new(_address, $"{repository}/resolve/{Uri.EscapeDataString(revision)}/{path}");

    public bool IsSameOrigin(Uri uri) =>
        Uri.Compare(uri, _address, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>
    /// Refuses plain http, which anybody on the way can read and change. It may stay inside this machine, but a hub
    /// elsewhere may not send us there.
    /// </summary>
    public void ThrowIfUnsafe(Uri uri)
    {
        var isSafe = uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback && _address.IsLoopback);
        if (!isSafe)
        {
            throw new HubException(
                $"{uri.Scheme}://{uri.Authority} is refused: models are fetched over https, or over http from this machine only. "
                + $"Give an https address ({HubEnvironment.EndpointVariable}).");
        }
    }
}
