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
    ["tokenizer-compare", var model, var texts, var sentencePiece, .. var huggingFace] => TokenizerComparison.Run(
        model, texts, sentencePiece, huggingFace),
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
          tokenizer SPIECE.MODEL CORPUS.JSONL            speed and allocations, compared with the bare library
          tokenizer-lengths SPIECE.MODEL                 time by length for texts without words
          tokenizer-compare SPIECE.MODEL TEXTS.JSONL SENTENCEPIECE-IDS.JSONL HUGGINGFACE-IDS.JSONL...
                                                         IDs, compared with those of tools/tokenizer-oracle
          encoder-compare MODEL IDS.JSONL VECTORS.JSONL  vectors, compared with those of tools/encoder-oracle
          encoder [OPTION OF BENCHMARKDOTNET...]         the demo model in both precisions, with texts of several lengths
          stream MODEL COUNT                             speed and memory during a long stream of short texts
          graph                                          other forms of the encoder graph, compared with ours, with random weights
          threads                                        concurrent batches, compared with all threads for one, with random weights
          store COUNT                                    indexing and search in the SQLite store, compared with a plain scan
          checkpoint s|b|l FOLDER                        random weights of the size of a published model, for other programs
          load MODEL                                     time until ready, and files on disk
          download FOLDER MEGABYTES                      a file of that size over loopback, compared with curl
        """);
    return 2;
}
