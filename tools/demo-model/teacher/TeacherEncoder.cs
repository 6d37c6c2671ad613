using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Tokenizers;

namespace DemoModel.Teacher;

/// <summary>Runs all-MiniLM-L6-v2 over many texts: sorted by length, batched by tokens, and one batch per core at a time.</summary>
internal sealed class TeacherEncoder : IDisposable
{
    /// <summary>The teacher was trained on at most 256 word pieces.</summary>
    private const int LongestText = 256;

    private const int TokensPerBatch = 2048;

    /// <summary>Without a limit, the thread pool adds threads while others compute, and each run takes memory.</summary>
    private static readonly ParallelOptions OnePerCore = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    private readonly BertTokenizer _tokenizer;
    private readonly InferenceSession _session;

    public TeacherEncoder(string model, string vocabulary)
    {
        _tokenizer = BertTokenizer.Create(vocabulary, new BertOptions { LowerCaseBeforeTokenization = true });
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(model, options);
    }

    public Half[][] Embed(string[] texts)
    {
        var ids = new long[texts.Length][];
        Parallel.For(0, texts.Length, OnePerCore, i => ids[i] = Tokenize(texts[i]));
        var order = Enumerable.Range(0, texts.Length).OrderByDescending(i => ids[i].Length).ToArray();
        var vectors = new Half[texts.Length][];
        var clock = Stopwatch.StartNew();
        var done = 0;
        Parallel.ForEach(Batches(order, ids), OnePerCore, batch =>
        {
            Run(batch, ids, vectors);
            var now = Interlocked.Add(ref done, batch.Count);
            if (now * 20L / texts.Length > (now - batch.Count) * 20L / texts.Length)
            {
                Console.Error.WriteLine($"{now:N0} of {texts.Length:N0} texts, {clock.Elapsed.TotalSeconds:N0} s");
            }
        });
        return vectors;
    }

    public void Dispose() => _session.Dispose();

    private long[] Tokenize(string text)
    {
        var ids = _tokenizer.EncodeToIds(text, LongestText, out _, out _).Select(id => (long)id).ToArray();
        ids[^1] = _tokenizer.SeparatorTokenId;
        return ids;
    }

    private static IEnumerable<ArraySegment<int>> Batches(int[] order, long[][] ids)
    {
        for (int start = 0, end; start < order.Length; start = end)
        {
            var longest = ids[order[start]].Length;
            end = Math.Min(order.Length, start + Math.Max(1, TokensPerBatch / longest));
            yield return new ArraySegment<int>(order, start, end - start);
        }
    }

    private void Run(ArraySegment<int> batch, long[][] ids, Half[][] vectors)
    {
        var longest = ids[batch[0]].Length;
        var tokens = new long[batch.Count * longest];
        var mask = new long[tokens.Length];
        for (var row = 0; row < batch.Count; row++)
        {
            ids[batch[row]].CopyTo(tokens, row * longest);
            mask.AsSpan(row * longest, ids[batch[row]].Length).Fill(1);
        }

        long[] shape = [batch.Count, longest];
        using var tokenValue = OrtValue.CreateTensorValueFromMemory(tokens, shape);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, shape);
        using var typeValue = OrtValue.CreateTensorValueFromMemory(new long[tokens.Length], shape);
        var inputs = new Dictionary<string, OrtValue>
        {
            ["input_ids"] = tokenValue,
            ["attention_mask"] = maskValue,
            ["token_type_ids"] = typeValue,
        };
        using var options = new RunOptions();
        using var outputs = _session.Run(options, inputs, ["last_hidden_state"]);
        var states = outputs[0].GetTensorDataAsSpan<float>();
        var size = states.Length / tokens.Length;
        var mean = new float[size];
        for (var row = 0; row < batch.Count; row++)
        {
            Array.Clear(mean);
            for (var position = 0; position < ids[batch[row]].Length; position++)
            {
                var state = states.Slice(((row * longest) + position) * size, size);
                for (var i = 0; i < size; i++)
                {
                    mean[i] += state[i];
                }
            }

            var norm = MathF.Sqrt(mean.Sum(x => x * x));
            vectors[batch[row]] = Array.ConvertAll(mean, x => (Half)(x / norm));
        }
    }
}
