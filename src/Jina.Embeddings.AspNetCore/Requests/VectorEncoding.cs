namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>How a vector is written.</summary>
internal enum VectorEncoding
{
    /// <summary>An array of numbers, as short as they can be read back exactly.</summary>
    Float,

    /// <summary>Base64 of the components as little-endian single-precision floats.</summary>
    Base64,

    /// <summary>Bits, eight to a number from -128 to 127.</summary>
    Binary,

    /// <summary>Bits, eight to a number from 0 to 255.</summary>
    Ubinary,
}
