namespace Jina.Architecture.Tests.Documentation;

/// <summary>Stands in for the constants of the published models where code of the documentation runs with the demo model.</summary>
internal static class DemoDimensions
{
    public const int SmallEnV1 = 256;
}
