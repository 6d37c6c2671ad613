using System.CommandLine;
using System.CommandLine.Parsing;
using Jina.Embeddings.Tool.Serving;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Represents the options that let web pages and other host names use the server.</summary>
internal sealed class BrowserOptions
{
    private readonly Option<string[]> _origins = Create(
        "--cors",
        "An origin whose web pages may use the server, e.g. https://app.example; can be repeated. * means all and needs an API key.",
        "ORIGIN",
        WebOrigin.Parse);

    private readonly Option<string[]> _hosts = Create(
        "--allowed-host",
        "A host name, without a port, that clients may send in addition to localhost and the loopback addresses; can be repeated. "
        + "By default, a server with an API key accepts every name.",
        "HOST",
        HostName.Parse);

    public void AddTo(ToolCommand command) => command.AddOptions(_origins, _hosts);

    /// <exception cref="CommandException">All origins are allowed, but the server has no key.</exception>
    public BrowserSettings Parse(ParseResult parsed, bool hasKeys)
    {
        var origins = parsed.GetValue(_origins) ?? [];
        if (!hasKeys && origins.Contains(WebOrigin.Any))
        {
            throw new CommandException(
                $"{EnvironmentArguments.Describe(_origins.Name)} is {WebOrigin.Any}, but no API key is set, so every web page that you "
                + "visit could use the server. "
                + $"Set {EndpointOptions.KeyVariable}, or give the origins of your own pages, e.g. --cors http://app.localhost:3000.",
                ExitCode.WrongUsage);
        }

        return new BrowserSettings(origins, parsed.GetValue(_hosts) ?? []);
    }

    private static Option<string[]> Create(string name, string description, string helpName, Func<string, string> parse) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => [.. result.Tokens.Select(token => Parse(result, name, token.Value, parse)).OfType<string>()],
    };

    private static string? Parse(ArgumentResult result, string name, string value, Func<string, string> parse)
    {
        try
        {
            return parse(value);
        }
        catch (FormatException e)
        {
            result.AddError($"{name} is {e.Message}");
            return null;
        }
    }
}
