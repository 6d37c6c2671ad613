namespace Jina.Benchmarks.Store;

/// <summary>Writes the rows of a table, each as soon as its figure is known.</summary>
internal static class StoreTable
{
    public static void Add(string figure, string value, string note = "") =>
        Console.WriteLine($"{figure,-50} {value,17}  {note}".TrimEnd());

    public static void Add(string figure, double milliseconds, string note = "") => Add(figure, $"{milliseconds:N2} ms", note);
}
