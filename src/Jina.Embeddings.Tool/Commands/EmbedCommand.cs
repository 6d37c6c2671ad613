using System.CommandLine;
using Jina.Embeddings.Tool.Batch;
using Jina.Embeddings.Tool.Input;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>embed</c>: embeds texts window by window, so that memory use does not depend on the number of texts.</summary>
internal sealed class EmbedCommand
{
    private readonly Option<JinaEmbeddingModel> _model = ModelOption.Create();
    private readonly RecordOptions _input = new(
        "A file of texts, or - for stdin: UTF-8, or UTF-16 with a byte order mark. A file can be compressed with gzip or zstd.",
        RecordFile.Stdin);
    private readonly Option<string> _normalize = NormalizeOption();
    private readonly PrecisionOption _precision = new();
    private readonly ShardOption _shard = new();
    private readonly VectorFileOptions _file = new(
        "Write to a file instead of stdout. It is complete when it has this name. {shard} becomes the number of the shard.",
        isRequired: false);
    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Continue the --output of a run that was interrupted, or do nothing if it is complete.",
        Arity = ArgumentArity.Zero,
    };
    private readonly ProgressOption _progress = new();

    private EmbedCommand()
    {
    }

    public static Command Create() => new EmbedCommand().Build();

    private ToolCommand Build()
    {
        var command = new ToolCommand("embed", "Print the vector of each text: {\"index\":0,\"tokens\":9,\"embedding\":[...]}")
        {
            Examples =
            [
                "echo \"How do I reset my password?\" | jina-embeddings embed",
                "jina-embeddings embed --input texts.txt > vectors.jsonl",
                "jina-embeddings embed --model models/demo-en --input texts.jsonl --jsonl --normalize false",
                "jina-embeddings embed --input texts.csv.gz --id-field url --output vectors.parquet",
                "jina-embeddings embed --input texts.parquet --shard 3/16 --output vectors-{shard}.parquet --resume",
            ],
        };
        command.Options.Add(_model);
        _input.AddTo(command);
        command.AddOptions(_normalize, _precision, _shard);
        _file.AddTo(command);
        command.AddOptions(_resume, _progress);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_resume) && result.GetValue(_file.Output) is null)
            {
                result.AddError("--resume needs a file; expected --output FILE.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var shard = parsed.GetValue(_shard) ?? Shard.Whole;
        if (parsed.GetValue(_file.Output) is not { } pattern)
        {
            await EmbedAsync(parsed, part: null, shard, cancellationToken);
            return ExitCode.Done;
        }

        var path = pattern.Replace("{shard}", shard.ToFileName(), StringComparison.Ordinal);
        var hasIds = _input.GetFields(parsed).Id is not null;
        var format = _file.GetFormat(parsed, hasIds);
        using var part = PartFile.TryOpen(path, shard, DescribeSettings(parsed, shard), parsed.GetValue(_resume));
        if (part is null)
        {
            StatusLine.Write($"{path} is complete.");
            return ExitCode.Done;
        }

        var (count, length) = await EmbedAsync(parsed, part, shard, cancellationToken);
        var layout = new VectorLayout(count, length, hasIds, _file.GetEmbeddingType(parsed));
        await part.CompleteAsync(format, layout, cancellationToken);
        return ExitCode.Done;
    }

    /// <summary>Embeds the records. Returns their number and the number of components, those of earlier runs included.</summary>
    private async Task<(long Count, int Length)> EmbedAsync(
        ParseResult parsed, PartFile? part, Shard shard, CancellationToken cancellationToken)
    {
        var done = part?.Records ?? 0;
        var selection = new RecordSelection(shard, First: shard.Index + (done * shard.Count));
        using var records = await _input.OpenAsync(parsed, selection, cancellationToken);
        var type = _file.GetEmbeddingType(parsed);
        var options = new JinaEmbeddingOptions
        {
            Model = parsed.GetRequiredValue(_model),
            Normalize = bool.Parse(parsed.GetRequiredValue(_normalize)),
            Precision = _precision.Parse(parsed),
        };
        await using var generator = await ModelLoader.LoadAsync(options, cancellationToken);
        var tokenizer = await generator.GetTokenizerAsync(cancellationToken);

        // On a terminal, the progress would overwrite vectors on stdout.
        var isHidden = !_input.IsFile(parsed) || (part is null && !Console.IsOutputRedirected);
        using var progress = _progress.Create(parsed, isHidden);
        using var output = new EmbedOutput(part, tokenizer, type, records.Length, progress.Report);
        var pipeline = new WindowPipeline<EmbeddedWindow>(
            (window, token) => EmbedAsync(generator, window, records.Position, token), output.Write);
        await pipeline.RunAsync(records, cancellationToken);
        progress.Complete(output.Progress);
        output.ReportTruncation();
        var dimensions = generator.GetRequiredService<EmbeddingGeneratorMetadata>().DefaultModelDimensions!.Value;
        return (done + output.Progress.Records, EmbeddingComponents.CountOf(dimensions, type));
    }

    private static async Task<EmbeddedWindow> EmbedAsync(
        JinaEmbeddingGenerator generator, IReadOnlyList<InputRecord> window, long position, CancellationToken cancellationToken)
    {
        var texts = window.Select(record => record.Text);
        return new(await generator.GenerateAsync(texts, cancellationToken: cancellationToken), position);
    }

    /// <summary>Returns everything that the vectors of a part depend on.</summary>
    /// <remarks>The path and the time of the input can differ between machines, but its size cannot.</remarks>
    private PartSettings DescribeSettings(ParseResult parsed, Shard shard)
    {
        var fields = _input.GetFields(parsed);
        var path = _input.GetPath(parsed)!;
        var size = _input.IsFile(parsed) && File.Exists(path) ? $"{new FileInfo(path).Length} bytes" : "stdin";
        return new PartSettings(
        [
            new("model", parsed.GetRequiredValue(_model).ToString()),
            new("precision", PrecisionOption.NameOf(_precision.Parse(parsed))),
            new("normalization", parsed.GetRequiredValue(_normalize).ToLowerInvariant()),
            new("embedding type", _file.GetEmbeddingType(parsed).ToString().ToLowerInvariant()),
            new("shard", shard.ToString()),
            new("input size", size),
            new("input format", _input.GetFormat(parsed).ToString().ToLowerInvariant()),
            new("text field", fields.Text),
            new("ID field", fields.Id ?? ""),
        ]);
    }

    private static Option<string> NormalizeOption()
    {
        var option = new Option<string>("--normalize")
        {
            Description = "true scales vectors to unit length; false returns them as the model computes them.",
            HelpName = "true|false",
            DefaultValueFactory = _ => "true",
        };
        option.Validators.Add(static result =>
        {
            if (result.Tokens is [var token] && !bool.TryParse(token.Value, out _))
            {
                result.AddError($"--normalize is '{token.Value}'; expected true or false.");
            }
        });
        return option;
    }
}
