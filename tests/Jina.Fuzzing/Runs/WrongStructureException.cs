namespace Jina.Fuzzing.Runs;

/// <summary>Something was accepted that should not have been.</summary>
internal sealed class WrongStructureException(string message) : Exception(message)
{
    public static void ThrowUnless(bool condition, string message)
    {
        if (!condition)
        {
            throw new WrongStructureException(message);
        }
    }
}
