namespace Jina.Fuzzing.Runs;

/// <summary>Represents an input that was accepted although it is not valid.</summary>
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
