using Jina.Benchmarks.Tokenizer;

return args switch
{
    ["tokenizer", var model, var corpus] => TokenizerBenchmark.Run(model, corpus),
    ["tokenizer-lengths", var model] => LongTextBenchmark.Run(model),
    ["tokenizer-compare", var model, var texts, var sentencePiece, .. var huggingFace] => TokenizerComparison.Run(model, texts, sentencePiece, huggingFace),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: Jina.Benchmarks VERB
          tokenizer SPIECE.MODEL CORPUS.JSONL            speed and allocations against the bare library
          tokenizer-lengths SPIECE.MODEL                 time over the length of unpleasant texts
          tokenizer-compare SPIECE.MODEL TEXTS.JSONL SENTENCEPIECE-IDS.JSONL HUGGINGFACE-IDS.JSONL...
                                                         ids against those of tools/tokenizer-oracle
        """);
    return 2;
}
