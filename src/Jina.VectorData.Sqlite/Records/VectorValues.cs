using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Records;

/// <summary>Vectors as records, searches and the file hold them.</summary>
internal static class VectorValues
{
    /// <summary>Returns the numbers of a vector in one of the supported types; null for anything else.</summary>
    public static ReadOnlyMemory<float>? From(object? value) => value switch
    {
        ReadOnlyMemory<float> memory => memory,
        float[] array => array,
        Embedding<float> embedding => embedding.Vector,

        // Without the cast, null is an array, and that converts to an empty vector.
        _ => (ReadOnlyMemory<float>?)null,
    };

    /// <summary>Returns a vector in the type of a property.</summary>
    public static object To(float[] vector, Type type) =>
        type == typeof(float[]) ? vector
        : type == typeof(Embedding<float>) ? new Embedding<float>(vector)
        : (ReadOnlyMemory<float>)vector;

    /// <summary>Returns the vector to search for, which a generator makes where the input is none.</summary>
    /// <exception cref="NotSupportedException">The input is no vector, and there is no generator.</exception>
    /// <exception cref="InvalidOperationException">The generator does not take such inputs.</exception>
    /// <exception cref="ArgumentException">The vector has the wrong length, or holds a number that is not finite.</exception>
    public static async Task<ReadOnlyMemory<float>> OfSearchAsync<TInput>(TInput input, VectorPropertyModel property, CancellationToken cancellationToken)
        where TInput : notnull
    {
        var vector = From(input) ?? (property switch
        {
            { EmbeddingGenerationDispatcher: not null } => From(await property.GenerateEmbeddingAsync(input, cancellationToken).ConfigureAwait(false))!.Value,
            { EmbeddingGenerator: { } generator } => throw new InvalidOperationException(VectorDataStrings.IncompatibleEmbeddingGeneratorWasConfiguredForInputType(typeof(TInput), generator.GetType())),
            _ => throw new NotSupportedException(VectorDataStrings.InvalidSearchInputAndNoEmbeddingGeneratorWasConfigured(input.GetType(), RecordModelBuilder.VectorTypes)),
        });
        return Check(vector, property);
    }

    /// <summary>Returns the vectors of each vector property for each record, which a generator makes where the property holds its input.</summary>
    /// <exception cref="ArgumentException">A vector has the wrong length, or holds a number that is not finite.</exception>
    public static async Task<ReadOnlyMemory<float>?[][]> OfRecordsAsync(CollectionModel model, IReadOnlyList<object> records, CancellationToken cancellationToken)
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

    /// <summary>Returns the bytes that the file holds: the numbers, little-endian, one after the other.</summary>
    public static byte[] ToBytes(ReadOnlySpan<float> vector) => MemoryMarshal.AsBytes(vector).ToArray();

    public static float[] FromBytes(byte[] stored) => MemoryMarshal.Cast<byte, float>(stored).ToArray();

    /// <summary>A record without the input has no vector, and no search by vector finds it.</summary>
    private static async Task<ReadOnlyMemory<float>?[]> EmbedAsync(VectorPropertyModel property, object?[] values, CancellationToken cancellationToken)
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
            throw new InvalidOperationException($"The embedding generator of the property '{property.ModelName}' made {embeddings.Count} embeddings of {inputs.Count} inputs. Nothing was stored.");
        }

        var next = 0;
        for (var i = 0; i < values.Length; i++)
        {
            vectors[i] = values[i] is null ? null : From(embeddings[next++]);
        }

        return vectors;
    }

    private static ReadOnlyMemory<float> Check(ReadOnlyMemory<float> vector, VectorPropertyModel property) =>
        vector.Length != property.Dimensions ? throw new ArgumentException($"A vector for the property '{property.ModelName}' has {vector.Length} dimensions; the collection expects {property.Dimensions}. Is it of another embedding model?")
        : !TensorPrimitives.IsFiniteAll(vector.Span) ? throw new ArgumentException($"A vector for the property '{property.ModelName}' holds a number that is not finite. Distances to it would mean nothing.")
        : vector;
}
