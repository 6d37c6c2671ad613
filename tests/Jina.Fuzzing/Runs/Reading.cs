namespace Jina.Fuzzing.Runs;

/// <summary>One input, read.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Message">Why it was refused, or what went wrong; else empty.</param>
/// <param name="Cpu">The processor time that the process took.</param>
/// <param name="Allocated">The bytes that it allocated.</param>
internal sealed record Reading(Outcome Outcome, string Message, TimeSpan Cpu, long Allocated);
