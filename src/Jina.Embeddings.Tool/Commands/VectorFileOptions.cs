using System.CommandLine;
using Jina.Embeddings.Tool.Batch;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Represents the options for a file of vectors: its name, its format, and the type of the vectors.</summary>
internal sealed class VectorFileOptions
{
    private readonly Option<VectorFormat?> _format = EnumOption.Create<VectorFormat>(
        "--format", "The format of the file. [default: npy or parquet by the extension of --output, otherwise jsonl]");

    private readonly Option<EmbeddingType?> _type = EnumOption.Create<EmbeddingType>(
        "--embedding-type", "float: numbers of 32 bits; int8: integers from -127 to 127; binary: the signs as bytes. [default: float]");

    /// <param name="description">The description of <c>--output</c>.</param>
    /// <param name="isRequired">Whether there must be a file.</param>
    public VectorFileOptions(string description, bool isRequired) => Output = new Option<string?>("--output")
    {
        Description = description,
        HelpName = "FILE",
        Required = isRequired,
    };

    /// <summary>Gets the option with the path of the file.</summary>
    public Option<string?> Output { get; }

    public void AddTo(ToolCommand command)
    {
        command.AddOptions(Output, _format, _type);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Output) is "")
            {
                result.AddError("--output is ''; expected the name of a file.");
            }

            if (result.GetResult(_format) is { Implicit: false } && result.GetValue(Output) is null)
            {
                result.AddError("--format needs a file; expected --output FILE.");
            }
        });
    }

    /// <summary>Returns the format of a file.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="hasIds">Whether the records have IDs.</param>
    /// <exception cref="CommandException">The format cannot store the IDs.</exception>
    public VectorFormat GetFormat(ParseResult parsed, bool hasIds)
    {
        var format = parsed.GetValue(_format) ?? Path.GetExtension(parsed.GetValue(Output))?.ToLowerInvariant() switch
        {
            ".npy" => VectorFormat.Npy,
            ".parquet" => VectorFormat.Parquet,
            _ => VectorFormat.Jsonl,
        };
        return format == VectorFormat.Npy && hasIds
            ? throw new CommandException(
                "npy files contain only vectors; found IDs. Use --format jsonl or parquet, or leave the IDs out.", ExitCode.WrongUsage)
            : format;
    }

    public EmbeddingType GetEmbeddingType(ParseResult parsed) => parsed.GetValue(_type) ?? EmbeddingType.Float;
}
