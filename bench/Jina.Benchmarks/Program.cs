using System.Globalization;
using Jina.Benchmarks.Download;
using Jina.Benchmarks.Encoder;
using Jina.Benchmarks.GraphVariants;
using Jina.Benchmarks.Store;
using Jina.Benchmarks.Tokenizer;

return args switch
{
    ["tokenizer", var model, var corpus] => TokenizerBenchmark.Run(model, corpus),
    ["tokenizer-lengths", var model] => LongTextBenchmark.Run(model),
    ["tokenizer-compare", var model, var texts, var sentencePiece, .. var huggingFace] => TokenizerComparison.Run(model, texts, sentencePiece, huggingFace),
    ["encoder-compare", var model, var ids, var vectors] => EncoderComparison.Run(model, ids, vectors),
    ["encoder", .. var options] => EncoderBenchmarks.Run(options),
    ["stream", var model, var count] => await StreamBenchmark.RunAsync(model, int.Parse(count, CultureInfo.InvariantCulture)),
    ["graph"] => GraphBenchmark.Run(),
    ["threads"] => ThreadBenchmark.Run(),
    ["store", var count] => await StoreBenchmark.RunAsync(int.Parse(count, CultureInfo.InvariantCulture)),
    ["checkpoint", var size, var folder] => CheckpointWriter.Run(size, folder),
    ["load", var model] => await LoadBenchmark.RunAsync(model),
    ["download", var folder, var megabytes] => await DownloadBenchmark.RunAsync(folder, int.Parse(megabytes, CultureInfo.InvariantCulture)),
    ["download-hub", var weights] => await BenchHub.RunAsync(weights),
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
          encoder-compare MODEL IDS.JSONL VECTORS.JSONL  vectors against those of tools/encoder-oracle
          encoder [OPTION OF BENCHMARKDOTNET...]         the demo model in both precisions over texts of several lengths
          stream MODEL COUNT                             speed and memory over a long stream of short texts
          graph                                          other formulations of the encoder graph against ours, on random weights
          threads                                        batches side by side against all threads for one, on random weights
          store COUNT                                    ingest and search of the SQLite store, beside a plain scan
          checkpoint s|b|l FOLDER                        random weights of a published model's size, to measure other programs with
          load MODEL                                     time until ready, and files on disk
          download FOLDER MEGABYTES                      a file of that size over loopback into that folder, beside curl
        """);
    return 2;
}
