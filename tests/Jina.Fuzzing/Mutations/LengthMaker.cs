using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using Jina.Extensions.AI.Tokenization.SentencePiece;
using Jina.RandomCheckpoints;

namespace Jina.Fuzzing.Mutations;

/// <summary>Makes files with far longer names, lists and texts, or far more parts, than any model has.</summary>
internal static class LengthMaker
{
    // Each name occurs twice. An input of hundreds of megabytes would take most of the time of a run.
    private const int MostNames = 5_000_000;

    private static readonly string[] Units = ["x", "0", "/", "\u001b[31m", "\u202e", "\ud83d\ude00", "\u9f98", "\u2581", " ", "."];

    /// <summary>Makes a safetensors file from the data of a valid one.</summary>
    public static byte[] Safetensors(Random random, byte[] seed)
    {
        var end = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(seed);
        var members = Encoding.UTF8.GetString(seed[8..end]).Trim()[1..];
        var more = random.Next(6) switch
        {
            0 => $"{Name(random)}: {{\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4]}}",
            1 => $"\"a\": {{\"dtype\": \"F32\", \"shape\": [{Numbers(random)}], \"data_offsets\": [{Numbers(random)}]}}",
            2 => $"\"a\": {{\"dtype\": {Name(random)}, \"shape\": [0], \"data_offsets\": [0, 0]}}",
            3 => $"\"__metadata__\": {{\"a\": {Name(random)}}}",
            4 => $"\"a\": {Nested(random)}",
            _ => Many(random, i => $"\"{i}{Text(random, 64)}\": {{\"dtype\": \"F32\", \"shape\": [0], \"data_offsets\": [0, 0]}}"),
        };
        var header = Encoding.UTF8.GetBytes($"{{{more}, {members}");
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. seed[end..]];
    }

    /// <summary>Makes a pickle in which few bytes use a long text or tuple many times.</summary>
    public static byte[] Pickle(Random random)
    {
        // Entries of the memo: 0 is the long thing, 1 a storage, 2 the function, 3 a tuple.
        var pickle = new PickleWriter().Op("}").Text("x").Op("]");
        var isTuple = random.Chance(0.3);
        if (isTuple)
        {
            pickle.Op("(").Op(string.Concat(Enumerable.Repeat("K\u0001", Math.Min(90_000, Length(random))))).Op("t");
        }
        else
        {
            pickle.Text(Text(random, Length(random)));
        }

        pickle.Op("q\0a").Storage(isTuple ? "0" : Text(random, Length(random)), "FloatStorage", 4).Op("q\u0001a")
            .Global("torch._utils", "_rebuild_tensor_v2").Op("q\u0002a").Tuple(1).Op("q\u0003as");
        var use = (isTuple, random.Next(4)) switch
        {
            (true, _) => "X\u0001\0\0\0wh\u0002(h\u0001K\0h\0h\0tRs",
            (_, 0) => "h\0Ns",
            (_, 1) => "h\0h\u0002(h\u0001K\0h\u0003h\u0003tRs",
            (_, 2) => "X\u0001\0\0\0a(}]]})))h\0ts",
            _ => "X\u0001\0\0\0b]h\0ah\0ah\0as",
        };
        return pickle.Op(string.Concat(Enumerable.Repeat(use, random.Next(1, 20_000)))).ToArray();
    }

    /// <summary>Makes an archive of long names, or of many entries.</summary>
    public static byte[] Zip(Random random)
    {
        var root = Text(random, random.Chance(0.5) ? 7 : Math.Min(60_000, Length(random)));
        using var stream = new MemoryStream();
        using (var zip = new StoredZipWriter(stream) { Zip64 = random.Chance(0.2) })
        {
            zip.Add($"{root}/data.pkl", Pickle(random));
            var most = Math.Min(5000, MostNames / root.Length);
            for (var count = random.Chance(0.2) ? random.Next(most) : 1; count > 0; count--)
            {
                zip.Add($"{root}/data/{count - 1}{(random.Chance(0.1) ? Text(random, 1000) : "")}", new byte[16]);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Makes one of the settings files.</summary>
    public static byte[] Settings(Random random, byte[] seed)
    {
        string[] keys = ["max_seq_length", "model_max_length", "extra_ids", "d_model", "n_positions", "model_type", "architectures"];
        var key = random.Pick(keys);
        var more = random.Next(5) switch
        {
            0 => $"\"{key}\": {Name(random)}",
            1 => $"\"{key}\": {new string('9', Length(random))}",
            2 => $"\"{key}\": [{Name(random)}, {Numbers(random)}]",
            3 => Many(random, i => $"\"{key}\": {i}"),
            _ => $"{Name(random)}: {Nested(random)}",
        };
        return Encoding.UTF8.GetBytes($"{{{more}, {Encoding.UTF8.GetString(seed).Trim()[1..]}");
    }

    /// <summary>Makes a SentencePiece model of long or many pieces.</summary>
    public static byte[] SentencePiece(Random random, byte[] seed)
    {
        var model = ModelProto.Parser.ParseFrom(seed);
        var at = random.Next(3, model.Pieces.Count);
        switch (random.Next(4))
        {
            case 0: model.Pieces[at].Piece_ = Text(random, Length(random)); break;
            case 1: model.Pieces[at].Piece_ = Text(random, random.Next(500, 520)); break;
            case 2: model.TrainerSpec.UnkSurface = Text(random, Length(random)); break;
            default:
                var unit = random.Pick(Units);
                var longest = random.Next(1, 300);
                model.Pieces.Add(Enumerable.Range(0, random.Next(1, 2000)).Select(
                    i => new ModelProto.Types.Piece { Piece_ = $"{string.Concat(Enumerable.Repeat(unit, i % longest))}{i}", Score = -i }));
                break;
        }

        return model.ToByteArray();
    }

    // Most are at most 64 KB, and a few are longer than every limit.
    private static int Length(Random random) =>
        random.Chance(0.01) ? random.Next(9 << 20) : (1 << random.Next(random.Chance(0.1) ? 21 : 17)) + random.Next(-1, 2);

    private static string Text(Random random, int length)
    {
        var unit = random.Pick(Units);
        return string.Concat(Enumerable.Repeat(unit, Math.Max(1, length / unit.Length)));
    }

    private static string Name(Random random) =>
        $"\"{Text(random, Length(random)).Replace("\u001b", "\\u001b", StringComparison.Ordinal)}\"";

    private static string Numbers(Random random) =>
        string.Join(',', Enumerable.Repeat(random.Edge().ToString(CultureInfo.InvariantCulture), Length(random) / 4));

    private static string Nested(Random random)
    {
        var depth = Length(random);
        return $"{new string('[', depth)}{new string(']', depth)}";
    }

    private static string Many(Random random, Func<int, string> make) =>
        string.Join(", ", Enumerable.Range(0, random.Next(1, 5000)).Select(make));
}
