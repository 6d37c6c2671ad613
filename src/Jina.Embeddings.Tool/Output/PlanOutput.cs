using System.Globalization;
using Jina.Embeddings.Tool.Batch;
using Spectre.Console;

namespace Jina.Embeddings.Tool.Output;

/// <summary>Prints an estimate for embedding many texts.</summary>
internal static class PlanOutput
{
    public static void WriteTable(EmbeddingPlan plan)
    {
        var table = new Table { Border = TableOutput.Border, ShowHeaders = false }.AddColumns("", "");
        table.Columns[1].RightAligned();
        Add("texts", $"{plan.Texts:N0}");
        Add("tokens", $"{plan.Tokens:N0}");
        Add("machines", $"{plan.Machines:N0}");
        Add("tokens per second and machine", $"{plan.TokensPerSecond:N0}");
        Add("hours", $"{plan.Hours:N1}");
        Add("hours of machines", $"{plan.MachineHours:N1}");
        if (plan.Cost is { } cost)
        {
            Add("cost", $"{cost:N2}");
        }

        Add("shards of at most an hour", $"{plan.Shards:N0}");
        table.AddEmptyRow();
        Add("dimensions", $"{plan.Dimensions}");
        Add("float vectors: npy, Parquet", Size(plan.FloatBytes));
        Add("float vectors: JSON lines, about", Size(plan.JsonBytes));
        Add("int8 vectors: npy, Parquet", Size(plan.Int8Bytes));
        Add("binary vectors: npy, Parquet", Size(plan.BinaryBytes));
        Add("memory of the SQLite store: Flat", Size(plan.FlatMemoryBytes));
        Add("memory of the SQLite store: QuantizedFlat", Size(plan.QuantizedMemoryBytes));
        Add("Postgres, HNSW index of vector, about", Size(plan.HnswBytes));
        Add("Postgres, HNSW index of halfvec, about", Size(plan.HalfvecHnswBytes));
        TableOutput.Write(table);

        void Add(string label, FormattableString value) => table.AddRow(label, value.ToString(CultureInfo.InvariantCulture));
    }

    public static void WriteJson(EmbeddingPlan plan) => JsonOutput.WriteObject(json =>
    {
        json.WriteNumber("texts", plan.Texts);
        json.WriteNumber("tokens", plan.Tokens);
        json.WriteNumber("machines", plan.Machines);
        json.WriteNumber("tokens_per_second", plan.TokensPerSecond);
        json.WriteNumber("hours", plan.Hours);
        json.WriteNumber("machine_hours", plan.MachineHours);
        if (plan.Cost is { } cost)
        {
            json.WriteNumber("cost", cost);
        }

        json.WriteNumber("shards", plan.Shards);
        json.WriteNumber("dimensions", plan.Dimensions);
        json.WriteNumber("float_bytes", plan.FloatBytes);
        json.WriteNumber("json_bytes", plan.JsonBytes);
        json.WriteNumber("int8_bytes", plan.Int8Bytes);
        json.WriteNumber("binary_bytes", plan.BinaryBytes);
        json.WriteNumber("sqlite_flat_memory_bytes", plan.FlatMemoryBytes);
        json.WriteNumber("sqlite_quantized_memory_bytes", plan.QuantizedMemoryBytes);
        json.WriteNumber("pgvector_hnsw_bytes", plan.HnswBytes);
        json.WriteNumber("pgvector_hnsw_halfvec_bytes", plan.HalfvecHnswBytes);
    });

    private static FormattableString Size(double bytes) => bytes switch
    {
        >= 1e12 => $"{bytes / 1e12:N1} TB",
        >= 1e9 => $"{bytes / 1e9:N1} GB",
        _ => $"{bytes / 1e6:N1} MB",
    };
}
