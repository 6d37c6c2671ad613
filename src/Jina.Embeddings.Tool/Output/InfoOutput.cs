using System.Globalization;
using Jina.Extensions.AI;
using Jina.Extensions.AI.Diagnostics;
using Spectre.Console;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Prints the description of a model that is not loaded.</summary>
internal static class InfoOutput
{
    private const string Precision = "fp32";

    public static void WriteJson(string name, JinaModelInfo info, string cache) => JsonOutput.WriteObject(json =>
    {
        json.WriteString("model", name);
        json.WriteString("folder", info.DirectoryPath);
        json.WriteString("architecture", info.Architecture);
        json.WriteString("precision", Precision);
        json.WriteString("weights", info.WeightType);
        if (info.Dimensions is { } dimensions)
        {
            json.WriteNumber("dimensions", dimensions);
        }
        else
        {
            json.WriteNull("dimensions");
        }

        json.WriteNumber("max_tokens", info.MaxTokens);
        json.WriteBoolean("normalize_module", info.Normalizes);
        json.WriteBoolean("tokenizer", info.HasTokenizer);
        json.WriteString("graph", info.GraphPath);
        json.WriteBoolean("graph_exists", info.GraphExists);
        json.WriteString("cache", cache);
        json.WriteStartArray("files");
        foreach (var file in info.Files)
        {
            json.WriteStartObject();
            json.WriteString("path", file);
            json.WriteNumber("bytes", SizeOf(info, file));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static void WriteTable(string name, JinaModelInfo info, string cache)
    {
        var table = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        var files = info.Files.Select(file =>
            string.Create(CultureInfo.InvariantCulture, $"{SizeOf(info, file),15:N0}  {PrintableText.Message(file)}"));
        Add("Model", name);
        Add("Folder", info.DirectoryPath);
        Add("Architecture", info.Architecture);
        Add("Precision", info.WeightType is null or Precision ? Precision : $"{Precision} (stored as {info.WeightType})");
        Add("Dimensions", info.Dimensions?.ToString(CultureInfo.InvariantCulture) ?? "known after the export is loaded");
        Add("Max tokens", info.MaxTokens.ToString(CultureInfo.InvariantCulture));
        Add("Tokenizer", info.HasTokenizer ? "spiece.model" : "none: spiece.model is missing, so the model cannot embed text");
        Add("Normalize", info.Normalizes ? "by the model itself" : "by this library, unless --normalize false");
        Add("Graph", info.GraphExists ? info.GraphPath : $"{info.GraphPath} (created by the first load)");
        Add("Cache", cache);
        AddLines("Files", string.Join('\n', files));
        TableOutput.Write(table);

        void Add(string label, string value) => AddLines(label, PrintableText.Message(value));

        void AddLines(string label, string value) => table.AddRow(new Text(label, new Style(decoration: Decoration.Bold)), new Text(value));
    }

    private static long SizeOf(JinaModelInfo info, string file) => new FileInfo(Path.Combine(info.DirectoryPath, file)).Length;
}
