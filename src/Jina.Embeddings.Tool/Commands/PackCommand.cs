using System.CommandLine;
using System.Text.RegularExpressions;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Diagnostics;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>pack</c>: makes a NuGet package of a model, for a private feed.</summary>
internal static partial class PackCommand
{
    public static Command Create()
    {
        var name = new Argument<JinaEmbeddingModel>("NAME")
        {
            Description = ModelOption.Values + ".",
            CustomParser = static result => ModelOption.Parse(result, result.Tokens[0].Value),
        };
        var id = PatternOption(
            "--id", "ID", "The ID of the package. [default: EmbeddingModel.NAME]", PackageId(), "letters, digits, '.', '_' and '-'");
        var version = PatternOption(
            "--version", "V", "The version of the package. [default: 1.0.0]", PackageVersion(), "a version such as 1.0.0");
        var output = new Option<string>("--output")
        {
            Description = "The folder of the package. It is created if it does not exist.",
            HelpName = "DIR",
            DefaultValueFactory = static _ => ".",
        };
        var command = new ToolCommand("pack", "Make a NuGet package of a model for a private feed. Apps that use it need no network.")
        {
            Examples =
            [
                "jina-embeddings pack jina-embedding-s-en-v1 --output feed",
                "jina-embeddings pack models/demo-en --id Contoso.Embeddings.Demo --version 1.2.0",
                "dotnet add package EmbeddingModel.jina-embedding-s-en-v1 --source feed",
            ],
        };
        command.Arguments.Add(name);
        command.AddOptions(id, version, output);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var model = parsed.GetRequiredValue(name);
            var folder = await ModelLoader.DownloadAsync(model, cancellationToken);
            var package = new ModelPackage(model, folder)
            {
                Id = parsed.GetValue(id) ?? $"EmbeddingModel.{NotInIds().Replace(model.Name, ".").Trim('.')}",
                Version = parsed.GetValue(version) ?? "1.0.0",
            };
            var path = package.Write(parsed.GetRequiredValue(output));
            Console.WriteLine(Console.IsOutputRedirected ? path : PrintableText.Message(path));
            var feed = Path.GetDirectoryName(Path.GetFullPath(path));
            StatusLine.Write(
                $"To use it, run 'dotnet add package {package.Id} --version {package.Version} --source {feed}'. "
                + (model.Repository is null
                    ? $"Then use {nameof(JinaEmbeddingModel)}.{nameof(JinaEmbeddingModel.FromPackage)}(\"{model.Name}\")."
                    : $"The application then finds {model} beside itself and needs no network."));
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<string?> PatternOption(string name, string helpName, string description, Regex pattern, string expected)
    {
        return new Option<string?>(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                var value = result.Tokens[0].Value;
                if (pattern.IsMatch(value))
                {
                    return value;
                }

                result.AddError($"{name} is '{value}'; expected {expected}.");
                return null;
            },
        };
    }

    /// <summary>An ID that NuGet accepts.</summary>
    [GeneratedRegex(@"\A(?=.{1,100}\z)\w+([._-]\w+)*\z")]
    private static partial Regex PackageId();

    [GeneratedRegex(@"\A[0-9]{1,9}(\.[0-9]{1,9}){1,3}(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\z")]
    private static partial Regex PackageVersion();

    [GeneratedRegex(@"[^\w.-]+")]
    private static partial Regex NotInIds();
}
