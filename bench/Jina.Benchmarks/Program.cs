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
    [.., "--help" or "-h"] => Usage(Console.Out, exitCode: 0),
    ["stream", var model, var count] => await StreamBenchmark.RunAsync(model, Number(count)),
    ["graph"] => GraphBenchmark.Run(),
    ["threads"] => ThreadBenchmark.Run(),
    ["store", var count] => await StoreBenchmark.RunAsync(Number(count), queries: 1000),
    ["store", var count, var queries] => await StoreBenchmark.RunAsync(Number(count), Number(queries)),
    ["store-file", var folder] => await FileBenchmark.RunAsync(folder, FileBenchmark.DefaultCount),
    ["store-file", var folder, var count] => await FileBenchmark.RunAsync(folder, Number(count)),
    ["store-create", var file, var count] => await FileBenchmark.CreateAsync(file, Number(count)),
    ["store-scan", var file, var count] => ExpectedHits.Scan(file, Number(count), FileBenchmark.DefaultQueries),
    ["store-scan", var file, var count, var queries] => ExpectedHits.Scan(file, Number(count), Number(queries)),
    ["store-search", var file, var indexKind] => await FileBenchmark.SearchAsync(file, indexKind),
    ["checkpoint", var size, var folder] => CheckpointWriter.Run(size, folder),
    ["peer-texts", var model, var folder, var count] => PeerTexts.Run(model, folder, int.Parse(count, CultureInfo.InvariantCulture)),
    ["load", var model] => await LoadBenchmark.RunAsync(model),
    ["download", var folder, var megabytes] => await DownloadBenchmark.RunAsync(folder, Number(megabytes)),
    ["download-hub", var weights] => await BenchHub.RunAsync(weights),
    ["help"] => Usage(Console.Out, exitCode: 0),
    _ => Usage(Console.Error, exitCode: 2),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage(TextWriter output, int exitCode)
{
    output.WriteLine(
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
          store COUNT [QUERIES]                          COUNT random and COUNT clustered records of 512 dimensions in the SQLite store:
                                                         ingestion, searches with four distance functions, each checked against a
                                                         scan of floats, filters, memory, and other ways to search the same vectors;
                                                         1,000 queries by default; the exit code is 1 if a result differs
          store-file FOLDER [COUNT]                      the next three, each in a process of its own, with Flat and QuantizedFlat;
                                                         1,000,000 records by default, which need 4 GB on disk and 3 GB of memory;
                                                         the file in the folder is kept and used again
          store-create FILE COUNT                        COUNT clustered records in a new file: ingestion
          store-scan FILE COUNT [QUERIES]                a scan of the same vectors as floats; keeps its hits next to the file, for
                                                         store-search; 200 queries by default
          store-search FILE INDEXKIND                    opening, searches with and without a filter, compared with the scan, and the
                                                         peak of resident memory; INDEXKIND is Flat or QuantizedFlat
          checkpoint s|b|l FOLDER                        random weights of the size of a published model, for other programs
          peer-texts MODEL FOLDER COUNT                  the texts of bench/peers
          load MODEL                                     time until ready, and files on disk
          download FOLDER MEGABYTES                      a file of that size over loopback, compared with curl
        """);
    return exitCode;
}
