using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData.ProviderServices;

namespace Jina.VectorData.Sqlite.Storage;

/// <summary>Represents the vectors of a property, as the file stores their definition.</summary>
/// <param name="Column">The name of the property in the file.</param>
/// <param name="Dimensions">The number of dimensions.</param>
/// <param name="Model">The embedding model, or <see langword="null"/> if it is not known.</param>
/// <param name="Identity">
/// The name of the model's files, or <see langword="null"/> if the generator did not report it, as in older collections.
/// </param>
/// <param name="Precision">
/// The precision of the model's weights, or <see langword="null"/> if the generator did not report it, as in older collections.
/// </param>
internal sealed record VectorColumn(string Column, int Dimensions, string? Model, string? Identity = null, string? Precision = null)
{
    /// <summary>The key under which generators of Jina.Extensions.AI report the identity.</summary>
    private const string IdentityKey = "model_identity";

    /// <summary>The key under which generators of Jina.Extensions.AI report the precision.</summary>
    private const string PrecisionKey = "model_precision";

    private const string Reembed = "call ReembedAsync of SqliteCollection to embed the records again";

    /// <summary>Creates the definition of the vectors that a property's generator creates now.</summary>
    public static VectorColumn From(VectorPropertyModel property)
    {
        var metadata = property.EmbeddingGenerator?.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        var identity = property.EmbeddingGenerator?.GetService(typeof(string), IdentityKey) as string;
        var precision = property.EmbeddingGenerator?.GetService(typeof(string), PrecisionKey) as string;
        return new(property.StorageName, property.Dimensions, metadata?.DefaultModelId, identity, precision);
    }

    /// <summary>Determines whether these vectors have everything that is known of others.</summary>
    public bool Covers(VectorColumn other) =>
        Dimensions == other.Dimensions
        && (other.Model is null || other.Model == Model)
        && (other.Identity is null || other.Identity == Identity)
        && (other.Precision is null || other.Precision == Precision);

    /// <summary>Returns these vectors with what only others know.</summary>
    public VectorColumn Complete(VectorColumn other) => this with
    {
        Model = Model ?? other.Model,
        Identity = Identity ?? other.Identity,
        Precision = Precision ?? other.Precision,
    };

    /// <summary>Describes why these vectors cannot be compared with those of a property. Facts that are not known count as equal.</summary>
    /// <returns>A predicate for a message, or <see langword="null"/> if the vectors can be compared.</returns>
    public string? FindMismatch(VectorPropertyModel property)
    {
        if (Dimensions != property.Dimensions)
        {
            return $"has vectors '{Column}' of {Dimensions} dimensions, but the property '{property.ModelName}' has "
                + $"{property.Dimensions}. Declare {Dimensions} dimensions and use the model of the stored vectors, or {Reembed}.";
        }

        var (_, _, model, identity, precision) = From(property);
        if (Model != model)
        {
            return Model is null || model is null ? null
                : $"has vectors '{Column}' of the model '{Model}', but the embedding generator is '{model}'. Vectors of two models "
                    + $"cannot be compared: use '{Model}', or {Reembed} with '{model}'.";
        }

        if (Identity is not null && identity is not null && Identity != identity)
        {
            return $"has vectors '{Column}' of other files of the model '{model}': of '{Identity}', but the embedding generator has "
                + $"'{identity}'. Vectors of two models cannot be compared: use the old files, or {Reembed}.";
        }

        return Precision is null || precision is null || Precision == precision ? null
            : $"has vectors '{Column}' of the model '{model}' in the precision '{Precision}', but the embedding generator has "
                + $"'{precision}'. Set the precision of the generator to '{Precision}', or {Reembed} in '{precision}'.";
    }
}
