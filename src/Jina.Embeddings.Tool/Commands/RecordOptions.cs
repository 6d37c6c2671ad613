using System.CommandLine;
using Jina.Embeddings.Tool.Input;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Represents the options that name the records of the input: the file, its format and its fields.</summary>
internal sealed class RecordOptions
{
    private const string Input = "--input";

    private readonly Option<string?> _input = new(Input) { HelpName = "FILE|-" };

    private readonly Option<bool> _jsonl = new("--jsonl")
    {
        Description = "The same as --input-format jsonl.",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<RecordFormat?> _format = EnumOption.Create<RecordFormat>(
        "--input-format",
        "lines: a text per line; jsonl: a JSON string or object per line; csv, tsv: a table with a header; parquet. "
        + "[default: csv, tsv or parquet by the extension of the file, otherwise lines]");

    private readonly Option<string> _text = new("--text-field")
    {
        Description = "The field or column with the text.",
        HelpName = "NAME",
        DefaultValueFactory = _ => RecordFields.DefaultText,
    };

    private readonly Option<string?> _id = new("--id-field")
    {
        Description = "The field or column with an ID, which is copied to the output.",
        HelpName = "NAME",
    };

    /// <param name="description">The description of <c>--input</c>.</param>
    /// <param name="fallback">The default file, or <see langword="null"/> if the input is optional.</param>
    public RecordOptions(string description, string? fallback)
    {
        _input.Description = description;
        _input.DefaultValueFactory = fallback is null ? null : _ => fallback;
    }

    public void AddTo(ToolCommand command)
    {
        command.AddOptions(_input, _jsonl, _format, _text, _id);
        command.Validators.Add(result =>
        {
            var format = GetFormat(result.GetValue(_input), result.GetValue(_jsonl), result.GetValue(_format));
            if (format == RecordFormat.Lines && result.GetResult(_id) is { Implicit: false })
            {
                result.AddError("--id-field needs records with fields; expected --input-format jsonl, csv, tsv or parquet.");
            }
        });
    }

    /// <summary>Returns the path of the input, or <see langword="null"/> if it was not given.</summary>
    public string? GetPath(ParseResult parsed) => parsed.GetValue(_input);

    /// <summary>Returns whether the records come from a file instead of stdin.</summary>
    public bool IsFile(ParseResult parsed) => GetPath(parsed) is not (null or RecordFile.Stdin);

    public RecordFormat GetFormat(ParseResult parsed) => GetFormat(GetPath(parsed), parsed.GetValue(_jsonl), parsed.GetValue(_format));

    public RecordFields GetFields(ParseResult parsed) => new(parsed.GetRequiredValue(_text), parsed.GetValue(_id));

    /// <summary>Opens the input.</summary>
    public Task<IRecordInput> OpenAsync(ParseResult parsed, RecordSelection selection, CancellationToken cancellationToken) =>
        RecordFile.OpenAsync(GetPath(parsed)!, GetFormat(parsed), GetFields(parsed), selection, Input, cancellationToken);

    private static RecordFormat GetFormat(string? path, bool jsonl, RecordFormat? format) =>
        jsonl ? RecordFormat.Jsonl : format ?? RecordFile.GuessFormat(path ?? RecordFile.Stdin);
}
