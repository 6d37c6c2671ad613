using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Jina.VectorData.Sqlite.Storage;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Records;

/// <summary>Converts vectors between records, searches and the file, and embeds the values of properties that have a generator.</summary>
internal static class VectorValues
{
    /// <summary>Returns the vector to search for. If the input is not a vector, the property's generator embeds it.</summary>
    /// <exception cref="NotSupportedException">The input is not a vector, and the property has no generator.</exception>
    /// <exception cref="InvalidOperationException">The generator does not accept such inputs.</exception>
    /// <exception cref="ArgumentException">The vector has the wrong length, or a component that is not finite.</exception>
    public static async Task<ReadOnlyMemory<float>> FromSearchValueAsync<TInput>(
        TInput input, VectorPropertyModel property, CancellationToken cancellationToken)
        where TInput : notnull
    {
        if (From(input) is { } given)
        {
            return CheckSearched(given, property);
        }

        if (property.EmbeddingGenerationDispatcher is not null)
        {
            var embedding = await property.GenerateEmbeddingAsync(input, cancellationToken).ConfigureAwait(false);
            return CheckSearched(From(embedding)!.Value, property);
        }

        throw property.EmbeddingGenerator is { } generator
            ? new InvalidOperationException(
                VectorDataStrings.IncompatibleEmbeddingGeneratorWasConfiguredForInputType(typeof(TInput), generator.GetType()))
            : new NotSupportedException(
                VectorDataStrings.InvalidSearchInputAndNoEmbeddingGeneratorWasConfigured(input.GetType(), RecordModelBuilder.VectorTypes));
    }

    /// <summary>Returns the vectors of each property for each record. Properties that hold an input are embedded.</summary>
    /// <exception cref="ArgumentException">A vector has the wrong length, or a component that is not finite.</exception>
    public static async Task<ReadOnlyMemory<float>?[][]> FromRecordsAsync(
        IReadOnlyList<VectorPropertyModel> properties,
        KeyPropertyModel key,
        IReadOnlyList<object> records,
        CancellationToken cancellationToken)
    {
        var vectors = new ReadOnlyMemory<float>?[properties.Count][];
        for (var i = 0; i < vectors.Length; i++)
        {
            var property = properties[i];
            var values = records.Select(property.GetValueAsObject).ToArray();
            vectors[i] = property.Type == property.EmbeddingType
                ? Array.ConvertAll(values, value => value is null ? null : From(value))
                : await EmbedAsync(property, values, cancellationToken).ConfigureAwait(false);
            for (var record = 0; record < records.Count; record++)
            {
                if (vectors[i][record] is { } present)
                {
                    CheckStored(present, property, key, records[record]);
                }
            }
        }

        return vectors;
    }

    /// <summary>Converts a vector to the type of a property.</summary>
    public static object ToType(float[] vector, Type type)
    {
        if (type == typeof(float[]))
        {
            return vector;
        }

        return type == typeof(Embedding<float>) ? new Embedding<float>(vector) : (ReadOnlyMemory<float>)vector;
    }

    /// <summary>Returns the bytes of a vector in the file: its components in order, little-endian.</summary>
    public static ReadOnlySpan<byte> AsBytes(ReadOnlySpan<float> vector) => MemoryMarshal.AsBytes(vector);

    public static float[] FromBytes(byte[] stored) => MemoryMarshal.Cast<byte, float>(stored).ToArray();

    /// <summary>Returns the components of a vector of a supported type, or <see langword="null"/> for other values.</summary>
    private static ReadOnlyMemory<float>? From(object? value) => value switch
    {
        ReadOnlyMemory<float> memory => memory,
        float[] array => array,
        Embedding<float> embedding => embedding.Vector,

        // Without the cast, null would be an array, which converts to an empty vector.
        _ => (ReadOnlyMemory<float>?)null,
    };

    /// <summary>Embeds the values of a property. A record without a value has no vector, so a search by vector does not find it.</summary>
    private static async Task<ReadOnlyMemory<float>?[]> EmbedAsync(
        VectorPropertyModel property, object?[] values, CancellationToken cancellationToken)
    {
        var inputs = values.Where(value => value is not null).ToList();
        var vectors = new ReadOnlyMemory<float>?[values.Length];
        if (inputs.Count == 0)
        {
            return vectors;
        }

        var embeddings = await property.GenerateEmbeddingsAsync(inputs, cancellationToken).ConfigureAwait(false);
        if (embeddings.Count != inputs.Count)
        {
            throw new InvalidOperationException(
                $"The embedding generator of the property '{property.ModelName}' returned {embeddings.Count} embeddings for "
                + $"{inputs.Count} inputs. Nothing was stored.");
        }

        var next = 0;
        for (var i = 0; i < values.Length; i++)
        {
            vectors[i] = values[i] is null ? null : From(embeddings[next++]);
        }

        return vectors;
    }

    private static void CheckStored(ReadOnlyMemory<float> vector, VectorPropertyModel property, KeyPropertyModel key, object record)
    {
        if (FindFault(vector.Span, property) is { } fault)
        {
            throw new ArgumentException(
                $"The vector for the property '{property.ModelName}' of the record with the key "
                + $"'{MessageText.OfValue(key.GetValueAsObject(record))}' {fault}");
        }
    }

    private static ReadOnlyMemory<float> CheckSearched(ReadOnlyMemory<float> vector, VectorPropertyModel property) =>
        FindFault(vector.Span, property) is { } fault
            ? throw new ArgumentException($"The vector to search for in the property '{property.ModelName}' {fault}")
            : vector;

    /// <summary>Describes why a vector does not fit a property, as a predicate, or returns <see langword="null"/>.</summary>
    private static string? FindFault(ReadOnlySpan<float> vector, VectorPropertyModel property) =>
        vector.Length != property.Dimensions
            ? $"has {vector.Length} dimensions, but the collection expects {property.Dimensions}. "
                + "Use the embedding model that the collection was created for."
        : !TensorPrimitives.IsFiniteAll(vector)
            ? "has a component that is not finite. All components must be finite numbers."
        : null;
}
