using System.CommandLine;
using System.Globalization;
using Jina.Embeddings.Tool.Batch;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>plan</c>: computes the time, the cost and the sizes of embedding many texts.</summary>
internal static class PlanCommand
{
    private const double DefaultTokensPerText = 120;

    public static Command Create()
    {
        var texts = NumberOption("--texts", "The number of texts, such as 1e8.");
        texts.Required = true;
        var speed = NumberOption("--tokens-per-second", "The throughput of one machine. Measure it with bench.");
        speed.Required = true;
        var tokens = NumberOption("--tokens", $"The average number of tokens per text after truncation. [default: {DefaultTokensPerText}]");
        var machines = CountOption.Create("--machines", "The number of machines. [default: 1]");
        var dimensions = CountOption.Create(
            "--dimensions", $"The dimensions of the model. [default: {JinaEmbeddingDimensions.SmallEnV1}]");
        var price = NumberOption("--price", "The price of a machine per hour, in any currency.");
        var json = new JsonOption();
        var command = new ToolCommand("plan", "Compute the hours, the cost and the sizes of embedding many texts.")
        {
            Examples =
            [
                "jina-embeddings plan --texts 1e8 --tokens 120 --machines 20 --tokens-per-second 8000",
                "jina-embeddings plan --texts 1e9 --tokens-per-second 24000 --machines 50 --price 0.4 --dimensions 768 --json",
            ],
        };
        command.AddOptions(texts, tokens, speed, machines, price, dimensions, json);
        command.SetAction(parsed =>
        {
            var plan = new EmbeddingPlan(
                parsed.GetValue(texts)!.Value,
                parsed.GetValue(tokens) ?? DefaultTokensPerText,
                parsed.GetValue(speed)!.Value,
                parsed.GetValue(machines) ?? 1,
                parsed.GetValue(dimensions) ?? JinaEmbeddingDimensions.SmallEnV1,
                parsed.GetValue(price));
            if (parsed.GetValue(json))
            {
                PlanOutput.WriteJson(plan);
            }
            else
            {
                PlanOutput.WriteTable(plan);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Option<double?> NumberOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var value = result.Tokens[0].Value;
            if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1e15)
            {
                return number;
            }

            result.AddError($"{name} is '{value}'; expected a number above 0 and below 1e15, such as 1e8.");
            return null;
        },
    };
}
