using System.CommandLine;
using System.Globalization;
using Jina.Embeddings.Tool.Batch;
using Jina.Embeddings.Tool.Input;
using Jina.Embeddings.Tool.Output;

namespace Jina.Embeddings.Tool.Commands;

/// <summary><c>merge</c>: merges the shards of <c>embed</c> and checks that each record of the input is there once.</summary>
internal sealed class MergeCommand
{
    private readonly Argument<string[]> _parts = new("FILE")
    {
        Description = "The files that embed wrote, one per shard: Parquet or JSON lines.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly RecordOptions _input = new("The input of embed, to compare the number of records and their IDs.", fallback: null);
    private readonly Option<long?> _count = CountOption.Create<long>("--count", "The number of records that the input has.");
    private readonly VectorFileOptions _file = new("The merged file. It is complete when it has this name.", isRequired: true);

    private MergeCommand()
    {
    }

    public static Command Create() => new MergeCommand().Build();

    private ToolCommand Build()
    {
        var command = new ToolCommand("merge", "Merge the shards of embed in the order of the input, and check that nothing is missing.")
        {
            Examples =
            [
                "jina-embeddings merge vectors-*.jsonl --input texts.jsonl --jsonl --id-field id --output vectors.jsonl",
                "jina-embeddings merge vectors-*.parquet --count 1000000 --output vectors.npy",
            ],
        };
        command.Arguments.Add(_parts);
        _input.AddTo(command);
        command.AddOptions(_count);
        _file.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var parts = parsed.GetRequiredValue(_parts);
        var path = parsed.GetRequiredValue(_file.Output)!;
        if (parts.FirstOrDefault(part => !File.Exists(part)) is { } unknown)
        {
            throw new CommandException($"{unknown}: The file does not exist; expected a file that embed wrote.");
        }

        if (Directory.Exists(path) || parts.Any(part => Path.GetFullPath(part) == Path.GetFullPath(path)))
        {
            throw new CommandException($"{path}: This is a folder or one of the parts; expected another file. Give --output another name.");
        }

        // The header of an array contains the number of its rows, so everything is checked before anything is written.
        var merge = new VectorMerge(parts, _file.GetEmbeddingType(parsed));
        var format = _file.GetFormat(parsed, hasIds: false);
        var layout = await CheckAsync(parsed, merge, cancellationToken);
        await VectorFile.WriteAsync(path, format, layout, merge.ReadAsync(cancellationToken), cancellationToken);
        StatusLine.Write(string.Create(
            CultureInfo.InvariantCulture, $"{path}: {layout.Count:N0} records of {parts.Length} files, each once."));
        return ExitCode.Done;
    }

    /// <summary>Reads all parts and returns the properties of their vectors.</summary>
    /// <exception cref="CommandException">A record is missing, repeated or different.</exception>
    private async Task<VectorLayout> CheckAsync(ParseResult parsed, VectorMerge merge, CancellationToken cancellationToken)
    {
        using var input = _input.GetPath(parsed) is null
            ? null
            : await _input.OpenAsync(parsed, new RecordSelection(Shard.Whole), cancellationToken);
        var check = new MergeCheck(input is null ? null : new RecordSequence(input), _file.GetEmbeddingType(parsed));
        await foreach (var record in merge.ReadAsync(cancellationToken))
        {
            await check.AddAsync(record, cancellationToken);
        }

        return await check.CompleteAsync(parsed.GetValue(_count), cancellationToken);
    }
}
