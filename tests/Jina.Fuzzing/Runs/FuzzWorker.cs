using System.Globalization;
using Jina.Fuzzing.Targets;

namespace Jina.Fuzzing.Runs;

/// <summary>Reads inputs from standard input, each after its length, and writes one line for each.</summary>
internal static class FuzzWorker
{
    /// <summary>The command-line argument that starts a worker.</summary>
    public const string Command = "worker";

    private const char Separator = '\t';

    public static void Run(FuzzTarget target)
    {
        using var input = new BinaryReader(Console.OpenStandardInput());
        while (true)
        {
            byte[] bytes;
            try
            {
                bytes = input.ReadBytes(input.ReadInt32());
            }
            catch (EndOfStreamException)
            {
                return;
            }

            Console.WriteLine(Format(target.Measure(bytes)));
        }
    }

    public static Reading Parse(string line)
    {
        var parts = line.Split(Separator, 4);
        return new Reading(
            Enum.Parse<Outcome>(parts[0]),
            parts[3],
            TimeSpan.FromMicroseconds(double.Parse(parts[1], CultureInfo.InvariantCulture)),
            long.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    private static string Format(Reading reading) => string.Create(
        CultureInfo.InvariantCulture,
        $"{reading.Outcome}{Separator}{reading.Cpu.TotalMicroseconds}{Separator}{reading.Allocated}{Separator}"
        + $"{reading.Message.ReplaceLineEndings(" ").Replace('\0', ' ')}");
}
