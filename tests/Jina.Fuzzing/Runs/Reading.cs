namespace Jina.Fuzzing.Runs;

/// <summary>Represents the result of reading one input.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Message">The reason of the rejection or the failure; otherwise, empty.</param>
/// <param name="Cpu">The processor time that reading took.</param>
/// <param name="Allocated">The number of allocated bytes.</param>
internal sealed record Reading(Outcome Outcome, string Message, TimeSpan Cpu, long Allocated);
