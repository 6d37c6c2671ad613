using System.Collections;
using System.Globalization;
using OpenTelemetry.Exporter;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>Represents the environment variables of OpenTelemetry, which say where traces and metrics are sent.</summary>
/// <param name="Variables">The variables.</param>
internal sealed record OtlpSettings(IReadOnlyDictionary<string, string?> Variables)
{
    /// <summary>The name of traces in variables.</summary>
    public const string Traces = "TRACES";

    /// <summary>The name of metrics in variables.</summary>
    public const string Metrics = "METRICS";

    private const string Prefix = "OTEL_EXPORTER_OTLP_";
    private const string Endpoint = "ENDPOINT";
    private const string Protocol = "PROTOCOL";
    private const string Headers = "HEADERS";
    private const string Timeout = "TIMEOUT";
    private const string Compression = "COMPRESSION";

    /// <summary>The valid values of each variable. The exporter would use its default instead of an invalid value.</summary>
    private static readonly (string Name, Predicate<string> IsValid, string Expected)[] Rules =
    [
        (Endpoint, IsAddress, "http://HOST:PORT of an OTLP receiver, e.g. http://127.0.0.1:4317"),
        (Protocol, static value => value is "grpc" or "http/protobuf", "grpc or http/protobuf"),
        (Headers, static value => value.IndexOf('=', StringComparison.Ordinal) > 0, "NAME=VALUE, with commas between several"),
        (Timeout, static value => ReadMilliseconds(value) > 0, $"milliseconds from 1 to {int.MaxValue}"),
        (Compression, static value => value is "none" or "gzip", "none or gzip"),
    ];

    /// <summary>Gets a value indicating whether traces are sent.</summary>
    public bool ExportsTraces => Exports(Traces);

    /// <summary>Gets a value indicating whether metrics are sent.</summary>
    public bool ExportsMetrics => Exports(Metrics);

    /// <summary>Reads the variables of this process.</summary>
    /// <exception cref="CommandException">The value of a variable is not valid.</exception>
    public static OtlpSettings Read() => Read(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(entry => new KeyValuePair<string, string?>((string)entry.Key, (string?)entry.Value)));

    /// <inheritdoc cref="Read()"/>
    public static OtlpSettings Read(IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var settings = new OtlpSettings(environment
            .Where(variable => variable.Key.StartsWith("OTEL_", StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(variable.Value))
            .ToDictionary(variable => variable.Key, variable => variable.Value));
        foreach (var (name, isValid, expected) in Rules)
        {
            settings.Require(Prefix + name, isValid, expected);
            settings.Require($"{Prefix}{Traces}_{name}", isValid, expected);
            settings.Require($"{Prefix}{Metrics}_{name}", isValid, expected);
        }

        return settings;
    }

    /// <summary>
    /// Sets the options of the exporter of one kind of data from its own variables, which take precedence. The exporter itself reads
    /// only the general ones.
    /// </summary>
    /// <param name="options">The options.</param>
    /// <param name="signal">The kind of data: <see cref="Traces"/> or <see cref="Metrics"/>.</param>
    public void Configure(OtlpExporterOptions options, string signal)
    {
        if (Find(signal, Endpoint) is { } endpoint)
        {
            // The exporter appends no path to an address that is set in code.
            options.Endpoint = new Uri(endpoint);
        }

        if (Find(signal, Protocol) is { } protocol)
        {
            options.Protocol = protocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        }

        if (Find(signal, Headers) is { } headers)
        {
            options.Headers = headers;
        }

        if (Find(signal, Timeout) is { } timeout)
        {
            options.TimeoutMilliseconds = ReadMilliseconds(timeout);
        }

        if (Find(signal, Compression) is { } compression)
        {
            options.Compression = compression == "gzip" ? OtlpExportCompression.GZip : OtlpExportCompression.None;
        }
    }

    private static bool IsAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    /// <summary>Returns the number of milliseconds, or 0 if the value is not a number.</summary>
    private static int ReadMilliseconds(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? milliseconds : 0;

    private bool Exports(string signal) => Variables.ContainsKey(Prefix + Endpoint) || Find(signal, Endpoint) is not null;

    private string? Find(string signal, string name) => Variables.GetValueOrDefault($"{Prefix}{signal}_{name}");

    private void Require(string name, Predicate<string> isValid, string expected)
    {
        if (Variables.TryGetValue(name, out var value) && !isValid(value!))
        {
            throw new CommandException($"{name} is '{value}'; expected {expected}.", ExitCode.WrongUsage);
        }
    }
}
