using System.Text;

namespace Jina.Fuzzing.Mutations;

/// <summary>Makes texts from every plane of Unicode, from invalid UTF-16, and from strings that tokenizers treat specially.</summary>
internal static class TextMaker
{
    private static readonly string[] Specials =
    [
        "</s>", "<pad>", "<unk>", "<extra_id_0>", "<extra_id_99>", "<extra_id_100>", "<extra_id_", "<", "<s>", "\u2581", " ", "\t",
        "\r\n", "\u00a0", "\u3000", "\u200b", "\u200d", "\ufeff",
        "\0", "\u0001", "\u007f", "\u00ad", "\ufffd", "\ufffe", "\uffff", "\ufdfa", "\u33ab", "\u1100\u1161\u11a8", "e\u0301",
        "\u0301\u0302\u0303", "\u202e", "\ue000", "a", "the ", "123", ".",
        "THE ", "</S>", "\u0130", "I\u0307", "\u1e9e", "\u0149", "\u01c5", "\u0390\u0345", "\u212a", "\ufb03", "\U00010400",
    ];

    public static string Make(Random random)
    {
        var text = new StringBuilder();
        for (var parts = random.Next(1, 12); parts > 0; parts--)
        {
            AppendPart(random, text);
        }

        return text.ToString();
    }

    private static void AppendPart(Random random, StringBuilder text)
    {
        var length = random.Chance(0.02) ? random.Next(20_000) : random.Next(1, 40);
        switch (random.Next(7))
        {
            case 0: Repeat(length, () => text.Append((char)random.Next(0x20, 0x7f))); break;
            case 1: Repeat(length, () => text.Append((char)random.Next(0x10000))); break;
            case 2: Repeat(length, () => text.Append(char.ConvertFromUtf32(random.Next(0x10000, 0x110000)))); break;
            case 3: Repeat(length, () => text.Append((char)random.Next(0xd800, 0xe000))); break;
            case 4: Repeat(length, () => text.Append((char)random.Next(0x300, 0x370))); break;
            case 5: Repeat(length, () => text.Append(random.Pick(Specials))); break;
            default:
                var one = random.Pick(Specials);
                Repeat(length, () => text.Append(one));
                break;
        }
    }

    private static void Repeat(int times, Action append)
    {
        for (; times > 0; times--)
        {
            append();
        }
    }
}
