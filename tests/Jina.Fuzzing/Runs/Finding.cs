namespace Jina.Fuzzing.Runs;

/// <summary>An input that shows a fault.</summary>
/// <param name="Number">Its place in the sequence; with target and seed it makes the input again.</param>
/// <param name="Problem">What went wrong.</param>
/// <param name="Input">The input.</param>
internal sealed record Finding(int Number, string Problem, byte[] Input);
