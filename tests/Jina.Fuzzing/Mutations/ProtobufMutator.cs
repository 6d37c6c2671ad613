using System.Text;
using Google.Protobuf;

namespace Jina.Fuzzing.Mutations;

/// <summary>Changes the fields of a protobuf message. The lengths of the messages around a changed field stay correct.</summary>
internal static class ProtobufMutator
{
    private static readonly string[] Texts =
    [
        "", "x", "</s>", "\u2581", "\0", "../model.safetensors", "/etc/passwd", "*/_ORT_MEM_ADDR_/*", "model.safetensors", "input_ids",
        "attention_mask", "decoder_input_ids",
        "0", "-1", "18446744073709551615", "9223372036854775807", "location", "offset", "length", "Loop", "If", "Reshape", "Expand",
        "Tile", "Gather", "ConstantOfShape", "com.microsoft",
    ];

    /// <summary>Makes one to four changes to fields and, sometimes, to the bytes.</summary>
    public static byte[] Mutate(Random random, byte[] input, byte[] other)
    {
        if (random.Chance(0.2) || ProtobufField.Read(input) is not { } fields)
        {
            return ByteMutator.Mutate(random, input, other);
        }

        var root = new ProtobufField { Type = WireFormat.WireType.LengthDelimited, Fields = fields };
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            Change(random, root);
        }

        var bytes = ProtobufField.Write(root.Fields);
        return random.Chance(0.1) ? ByteMutator.Mutate(random, bytes, other) : bytes;
    }

    private static void Change(Random random, ProtobufField root)
    {
        // All levels are equally likely. Otherwise nearly all changes would hit weights and pieces.
        var message = root;
        while (random.Chance(0.75) && message.Fields!.Where(field => field.Fields is not null).ToArray() is { Length: > 0 } inner)
        {
            message = random.Pick(inner);
        }

        var fields = message.Fields!;
        if (fields.Count == 0)
        {
            return;
        }

        var at = random.Next(fields.Count);
        switch (random.Next(8))
        {
            case 0: fields.RemoveAt(at); break;
            case 1: fields.Insert(random.Next(fields.Count), fields[at].Copy()); break;
            case 2: fields[at] = random.Pick(fields).Copy(); break;
            case 3: fields[at].Number = random.Next(1, 30); break;
            case 4: fields.Insert(at, New(random)); break;
            case 5: fields[at] = random.Pick(root.All().Where(field => field != root).Take(2000).ToArray()).Copy(); break;
            default: ChangeValue(random, fields[at]); break;
        }
    }

    private static ProtobufField New(Random random) => random.Chance(0.5)
        ? new() { Number = random.Next(1, 30), Type = WireFormat.WireType.Varint, Value = (ulong)random.Edge() }
        : new()
        {
            Number = random.Next(1, 30),
            Type = WireFormat.WireType.LengthDelimited,
            Bytes = Encoding.UTF8.GetBytes(random.Pick(Texts)),
        };

    private static void ChangeValue(Random random, ProtobufField field)
    {
        if (field.Type != WireFormat.WireType.LengthDelimited)
        {
            field.Value = (ulong)random.Edge();
            return;
        }

        var bytes = field.Fields is null ? field.Bytes : ProtobufField.Write(field.Fields);
        field.Fields = null;
        field.Bytes = random.Chance(0.4) ? Encoding.UTF8.GetBytes(random.Pick(Texts)) : ByteMutator.Mutate(random, bytes, bytes);
    }
}
