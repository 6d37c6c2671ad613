namespace Jina.VectorData.Sqlite.Tests.Filters;

/// <summary>Specifies letters.</summary>
[Flags]
public enum Letters : byte
{
    /// <summary>No letter.</summary>
    None = 0,

    /// <summary>The letter A.</summary>
    A = 1,

    /// <summary>The letter B.</summary>
    B = 2,

    /// <summary>The letter C.</summary>
    C = 128,
}
