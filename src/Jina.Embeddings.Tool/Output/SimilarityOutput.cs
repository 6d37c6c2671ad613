using System.Globalization;
using System.Text.Json;
using Jina.Extensions.AI.Diagnostics;
using Spectre.Console;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Prints a matrix of cosines.</summary>
internal static class SimilarityOutput
{
    /// <summary>The width of a column of numbers, and of the column before them.</summary>
    private const int ColumnWidth = 9;

    public static void WriteJson(IReadOnlyList<string> texts, float?[][] similarity) => JsonOutput.WriteObject(json =>
    {
        json.WriteStartArray("texts");
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
        json.WriteStartArray("similarity");
        foreach (var row in similarity)
        {
            Write(json, row);
        }

        json.WriteEndArray();
    });

    /// <summary>Prints the numbered texts and then the matrix, in as many tables as the width of the terminal requires.</summary>
    public static void WriteTable(IReadOnlyList<string> texts, float?[][] similarity)
    {
        var list = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        for (var i = 0; i < texts.Count; i++)
        {
            list.AddRow(new Text(Label(i), new Style(decoration: Decoration.Bold)), new Text(OneLine(texts[i])));
        }

        TableOutput.Write(list);
        var perTable = Math.Max(1, (AnsiConsole.Profile.Width / ColumnWidth) - 1);
        foreach (var columns in Enumerable.Range(0, texts.Count).Chunk(perTable))
        {
            TableOutput.Write(Table(similarity, columns));
        }
    }

    private static Table Table(float?[][] similarity, int[] columns)
    {
        var table = new Table().Border(TableOutput.Border).AddColumn(new TableColumn("").NoWrap());
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(Label(column)).RightAligned().NoWrap());
        }

        for (var row = 0; row < similarity.Length; row++)
        {
            var cells = columns.Select(column => Cell(similarity[row][column], isItself: row == column));
            table.AddRow([new Text(Label(row)), .. cells]);
        }

        return table;
    }

    private static Text Cell(float? cosine, bool isItself) => new(
        cosine?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-",
        new Style(isItself ? Color.Grey : ColorOf(cosine)));

    private static Color ColorOf(float? cosine) => cosine switch
    {
        >= 0.8f => Color.Green,
        >= 0.5f => Color.Yellow,
        _ => Color.Default,
    };

    private static void Write(Utf8JsonWriter json, float?[] row)
    {
        json.WriteStartArray();
        foreach (var cosine in row)
        {
            if (cosine is { } number)
            {
                json.WriteNumberValue(number);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    private static string Label(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Replaces line breaks and tabs, and escapes other control characters, which could control the terminal.</summary>
    private static string OneLine(string text) =>
        PrintableText.Message(string.Concat(text.Select(c => c is '\n' or '\r' or '\t' ? ' ' : c)));
}
