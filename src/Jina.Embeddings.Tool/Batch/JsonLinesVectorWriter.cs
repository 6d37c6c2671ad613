using System.Text.Json;
using Jina.Embeddings.Tool.Output;

namespace Jina.Embeddings.Tool.Batch;

/// <summary>Writes a JSON object per vector.</summary>
internal sealed class JsonLinesVectorWriter : IVectorWriter, IByteSink
{
    private readonly Stream _file;
    private readonly JsonOutput _output;

    public JsonLinesVectorWriter(Stream file)
    {
        _file = file;
        _output = new JsonOutput(this);
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(VectorRecord record, CancellationToken cancellationToken)
    {
        _output.WriteLine(json => Write(json, record));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        _output.Flush();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes) => _file.Write(bytes);

    public ValueTask DisposeAsync()
    {
        _output.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes the object of a vector.</summary>
    /// <exception cref="CommandException">A component is not a finite number.</exception>
    public static void Write(Utf8JsonWriter json, VectorRecord record)
    {
        json.WriteStartObject();
        json.WriteNumber("index", record.Index);
        if (record.Id is not null)
        {
            json.WriteString("id", record.Id);
        }

        json.WriteNumber("tokens", record.Tokens);
        json.WriteStartArray("embedding");
        foreach (var component in record.Components.Span)
        {
            // Utf8JsonWriter writes the shortest digits that round-trip, and throws for numbers that JSON cannot represent.
            if (!float.IsFinite(component))
            {
                throw new CommandException(
                    $"The vector of text {record.Index} contains {component}; expected finite numbers. "
                    + "The weights of the model are damaged. Download the model again.");
            }

            json.WriteNumberValue(component);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
