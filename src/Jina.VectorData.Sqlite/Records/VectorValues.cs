using System.Numerics.Tensors;
using System.Runtime.InteropServices;
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
            return Check(given, property);
        }

        if (property.EmbeddingGenerationDispatcher is not null)
        {
            var embedding = await property.GenerateEmbeddingAsync(input, cancellationToken).ConfigureAwait(false);
            return Check(From(embedding)!.Value, property);
        }

        throw property.EmbeddingGenerator is { } generator
            ? new InvalidOperationException(
                VectorDataStrings.IncompatibleEmbeddingGeneratorWasConfiguredForInputType(typeof(TInput), generator.GetType()))
            : new NotSupportedException(
                VectorDataStrings.InvalidSearchInputAndNoEmbeddingGeneratorWasConfigured(input.GetType(), RecordModelBuilder.VectorTypes));
    }

    /// <summary>Returns the vectors of each vector property for each record. Properties that hold an input are embedded.</summary>
    /// <exception cref="ArgumentException">A vector has the wrong length, or a component that is not finite.</exception>
    public static async Task<ReadOnlyMemory<float>?[][]> FromRecordsAsync(
        CollectionModel model, IReadOnlyList<object> records, CancellationToken cancellationToken)
    {
        var vectors = new ReadOnlyMemory<float>?[model.VectorProperties.Count][];
        for (var i = 0; i < vectors.Length; i++)
        {
            var property = model.VectorProperties[i];
            var values = records.Select(property.GetValueAsObject).ToArray();
            vectors[i] = property.Type == property.EmbeddingType
                ? Array.ConvertAll(values, value => value is null ? null : From(value))
                : await EmbedAsync(property, values, cancellationToken).ConfigureAwait(false);
            foreach (var vector in vectors[i])
            {
                _ = vector is { } present ? Check(present, property) : default;
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

    /// <summary>Converts a vector to the bytes in the file: its components in order, little-endian.</summary>
    public static byte[] ToBytes(ReadOnlySpan<float> vector) => MemoryMarshal.AsBytes(vector).ToArray();

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

    private static ReadOnlyMemory<float> Check(ReadOnlyMemory<float> vector, VectorPropertyModel property)
    {
        if (vector.Length != property.Dimensions)
        {
            throw new ArgumentException(
                $"A vector for the property '{property.ModelName}' has {vector.Length} dimensions, but the collection expects "
                + $"{property.Dimensions}. Use the embedding model that the collection was created for.");
        }

        if (!TensorPrimitives.IsFiniteAll(vector.Span))
        {
            throw new ArgumentException(
                $"A vector for the property '{property.ModelName}' has a component that is not finite. "
                + "All components must be finite numbers.");
        }

        return vector;
    }
}
