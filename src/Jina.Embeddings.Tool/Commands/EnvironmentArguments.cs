using System.CommandLine;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Adds the options that environment variables set, such as JINA_EMBEDDINGS_THREADS for <c>--threads</c>.</summary>
/// <remarks>
/// The command line takes precedence over a variable. Other variables with the prefix are ignored: Kubernetes sets some of them, such as
/// JINA_EMBEDDINGS_PORT for a service with the name jina-embeddings.
/// </remarks>
internal static class EnvironmentArguments
{
    public const string Prefix = "JINA_EMBEDDINGS_";

    /// <summary>The variables of ASP.NET Core that are read if our own variable is not set.</summary>
    private static readonly Dictionary<string, string> FrameworkVariables = new() { [ServeCommand.UrlsName] = "ASPNETCORE_URLS" };

    /// <summary>Returns the arguments with the options of the parsed command that are set only by a variable.</summary>
    /// <exception cref="CommandException">The value of a variable is not valid.</exception>
    public static string[] Insert(string[] arguments, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var added = command.Options

            // The keys of the command line and of the variable are all valid, so the endpoint's options read both.
            .Where(option => VariableOf(option.Name) != EndpointOptions.KeyVariable)
            .Where(option => parsed.GetResult(option) is null or { Implicit: true })
            .SelectMany(Read);
        var position = Array.IndexOf(arguments, command.Name) + 1;
        return [.. arguments[..position], .. added, .. arguments[position..]];
    }

    /// <summary>
    /// Returns an option with its variable for messages about a parsed value, because either of them can have set the value.
    /// </summary>
    /// <param name="option">The name of the option.</param>
    public static string Describe(string option) => $"{option} ({VariableOf(option)})";

    private static string VariableOf(string option) =>
        Prefix + option.TrimStart('-').Replace('-', '_').ToUpperInvariant();

    private static string[] Read(Option option)
    {
        string?[] variables = [VariableOf(option.Name), FrameworkVariables.GetValueOrDefault(option.Name)];
        foreach (var variable in variables.OfType<string>())
        {
            if (Environment.GetEnvironmentVariable(variable)?.Trim() is { Length: > 0 } value)
            {
                var arguments = ToArguments(option, variable, value);
                ThrowIfInvalid(option, variable, arguments);
                return arguments;
            }
        }

        return [];
    }

    private static string[] ToArguments(Option option, string variable, string value) => option.Arity.MaximumNumberOfValues switch
    {
        0 => value.ToUpperInvariant() switch
        {
            "TRUE" or "1" => [option.Name],
            "FALSE" or "0" => [],
            _ => throw new CommandException($"{variable} is '{value}'; expected true or false.", ExitCode.WrongUsage),
        },
        1 => [$"{option.Name}={value}"],
        _ =>
        [
            .. value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(single => $"{option.Name}={single}"),
        ],
    };

    /// <summary>Parses the option alone, so that the message has the name of the variable that must be changed.</summary>
    private static void ThrowIfInvalid(Option option, string variable, string[] arguments)
    {
        // The parser skips a first argument that ends with the name of the command, so no value may do so.
        var parsed = new Command("(variable)") { option }.Parse(arguments, ArgumentParsing.Configuration);
        if (parsed.Errors is [var error, ..])
        {
            throw new CommandException(error.Message.Replace(option.Name, variable, StringComparison.Ordinal), ExitCode.WrongUsage);
        }
    }
}
