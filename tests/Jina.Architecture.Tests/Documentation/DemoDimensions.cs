namespace Jina.Architecture.Tests.Documentation;

/// <summary>Replaces the constants of the published models where code in the documentation runs with the demo model.</summary>
internal static class DemoDimensions
{
    public const int SmallEnV1 = 256;
}
