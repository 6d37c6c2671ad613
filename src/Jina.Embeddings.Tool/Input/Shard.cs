using System.Globalization;

namespace Jina.Embeddings.Tool.Input;

/// <summary>Represents one of several parts of the input: the records whose index has the remainder <paramref name="Index"/>.</summary>
/// <param name="Index">The number of the shard, from 0 to <paramref name="Count"/> - 1.</param>
/// <param name="Count">The number of shards.</param>
internal readonly record struct Shard(int Index, int Count)
{
    private const string Auto = "auto";

    /// <summary>
    /// The variables that job schedulers set for each task of an array: the number of the task, of the first task, and of all tasks.
    /// Kubernetes and AWS Batch count from 0 and do not set the last.
    /// </summary>
    private static readonly (string Task, string? First, string? Count)[] Schedulers =
    [
        ("JOB_COMPLETION_INDEX", null, null),
        ("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_COUNT"),
        ("AWS_BATCH_JOB_ARRAY_INDEX", null, "AWS_BATCH_JOB_ARRAY_SIZE"),
    ];

    /// <summary>Gets the shard that is the whole input.</summary>
    public static Shard Whole { get; } = new(0, 1);

    /// <summary>Gets the names of the variables that <c>auto</c> reads.</summary>
    public static string Variables { get; } = string.Join(", ", Schedulers.Select(scheduler => scheduler.Task));

    /// <summary>Determines whether a record belongs to the shard.</summary>
    public bool Contains(long index) => index % Count == Index;

    /// <summary>Converts <c>I/N</c>, <c>auto/N</c> or <c>auto</c>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="environment">The function that returns an environment variable, or null if it is not set.</param>
    /// <exception cref="FormatException">The value is something else, or a variable is missing.</exception>
    public static Shard Parse(string value, Func<string, string?> environment)
    {
        var (index, count) = value.Split('/') switch
        {
            [Auto] => ReadEnvironment(environment, count: null),
            [Auto, var total] => ReadEnvironment(environment, ParseNumber(total) ?? throw Unexpected(value)),
            [var number, var total] => (ParseNumber(number) ?? throw Unexpected(value), ParseNumber(total) ?? throw Unexpected(value)),
            _ => throw Unexpected(value),
        };
        if (count < 1 || index < 0 || index >= count)
        {
            throw new FormatException($"shard {index} of {count} does not exist; expected I/N with I from 0 to N - 1.");
        }

        return new Shard(index, count);
    }

    /// <summary>Returns the shard as a part of a file name, such as <c>00003-of-00016</c>.</summary>
    public string ToFileName() => string.Create(CultureInfo.InvariantCulture, $"{Index:D5}-of-{Count:D5}");

    /// <summary>Returns the shard as <c>I/N</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");

    private static (int Index, int Count) ReadEnvironment(Func<string, string?> environment, int? count)
    {
        foreach (var scheduler in Schedulers)
        {
            if (string.IsNullOrEmpty(environment(scheduler.Task)))
            {
                continue;
            }

            var first = Read(scheduler.First) ?? 0;
            var total = count ?? Read(scheduler.Count) ?? throw new FormatException(
                $"{scheduler.Task} is set, but the number of shards is not known; expected auto/N.");
            return (Read(scheduler.Task)!.Value - first, total);
        }

        throw new FormatException($"no task of an array runs here; expected one of the variables {Variables}, or I/N.");

        int? Read(string? name) => name is not null && environment(name) is { Length: > 0 } number
            ? ParseNumber(number) ?? throw new FormatException($"the variable {name} is '{number}'; expected a whole number.")
            : null;
    }

    private static int? ParseNumber(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static FormatException Unexpected(string value) =>
        new($"found '{value}'; expected I/N such as 3/16, auto/N, or auto.");
}
