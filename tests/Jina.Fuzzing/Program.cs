using System.Globalization;
using Jina.Fuzzing.Runs;
using Jina.Fuzzing.Targets;

// TARGET|all [--count 10000] [--seed 1] [--keep FOLDER] [--only NUMBER]: reads mutated inputs and prints the outcomes.
if (args is [FuzzWorker.Command, var worker])
{
    using var target = FuzzTargets.CreateInWorker(worker);
    FuzzWorker.Run(target);
    return 0;
}

string[] names = args is ["all", ..] ? [.. FuzzTargets.Names] : args is [var one, ..] && FuzzTargets.Names.Contains(one) ? [one] : [];
if (names.Length == 0 || args.Length % 2 == 0)
{
    Console.Error.WriteLine(
        $"Expected a target (all, {string.Join(", ", FuzzTargets.Names)}), then --count, --seed, --keep or --only, each with a value.");
    return 2;
}

var options = args.Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
var count = Number("--count", 10_000);
var seed = Number("--seed", 1);
var keep = options.GetValueOrDefault("--keep") ?? Path.Combine(Path.GetTempPath(), "jina-fuzzing");
var summaries = names.Select(Run).ToArray();
Console.WriteLine("| target | inputs | accepted | rejected | kinds of rejection | slowest | most allocated | found |");
Console.WriteLine("|---|---|---|---|---|---|---|---|");
Array.ForEach(summaries, summary => Console.WriteLine(summary.Row()));
return summaries.Any(summary => summary.Findings.Count > 0) ? 1 : 0;

int Number(string option, int missing) =>
    options.TryGetValue(option, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : missing;

string Keep(string name, string number, byte[] input)
{
    Directory.CreateDirectory(keep);
    var path = Path.Combine(keep, $"{name}-{seed}-{number}.bin");
    File.WriteAllBytes(path, input);
    return path;
}

FuzzSummary Run(string name)
{
    using var target = FuzzTargets.Create(name);
    if (options.TryGetValue("--only", out var only))
    {
        var input = FuzzRun.Input(target, seed, Number("--only", 0));
        Console.WriteLine(Keep(name, only, input));
        Console.WriteLine(target.Measure(input));
        return new FuzzSummary(name);
    }

    var summary = FuzzRun.Run(target, count, seed, timed: true, endless =>
    {
        Console.WriteLine($"{name}: an input does not end: {Keep(name, "hang", endless)}");
        Environment.Exit(1);
    });
    Console.WriteLine($"{name}, seed {seed}; the most frequent rejections:\n{summary.Rejections()}");
    foreach (var finding in summary.Findings)
    {
        Console.WriteLine($"FOUND {Keep(name, $"{finding.Number}", finding.Input)}: {finding.Problem}");
    }

    return summary;
}
