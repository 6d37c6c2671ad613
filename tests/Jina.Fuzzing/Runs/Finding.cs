namespace Jina.Fuzzing.Runs;

/// <summary>Represents an input that shows a fault.</summary>
/// <param name="Number">The position in the sequence. With target and seed, it reproduces the input.</param>
/// <param name="Problem">The fault.</param>
/// <param name="Input">The input itself.</param>
internal sealed record Finding(int Number, string Problem, byte[] Input);
