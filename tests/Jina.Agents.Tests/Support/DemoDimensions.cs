namespace Jina.Agents.Tests.Support;

/// <summary>Replaces the constants of the published models where code of the documentation runs with the demo model.</summary>
internal static class DemoDimensions
{
    public const int SmallEnV1 = 256;
}
