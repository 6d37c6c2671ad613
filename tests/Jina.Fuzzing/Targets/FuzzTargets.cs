namespace Jina.Fuzzing.Targets;

/// <summary>Lists all targets by name.</summary>
internal static class FuzzTargets
{
    private static readonly Dictionary<string, Func<FuzzTarget>> All = new()
    {
        ["safetensors"] = () => new SafetensorsTarget(),
        ["torch"] = () => new TorchTarget(),
        ["pickle"] = () => new PickleTarget(),
        ["spiece"] = () => new SpieceTarget(),
        ["config"] = () => new JsonTarget("config", ["config.json", "sentence_bert_config.json", "tokenizer_config.json"]),
        ["modules"] = () => new JsonTarget(
            "modules", ["modules.json", "1_Pooling/config.json", "2_Dense/config.json", "model.safetensors.index.json"]),
        ["onnx"] = () => new ExportTarget(),
        ["text"] = () => new TextTarget(),
        ["files"] = () => new SpecialFilesTarget(),
        ["lengths"] = () => new LengthsTarget(),
        ["expansion"] = () => new ExpansionTarget(),
        ["changed"] = () => new ChangedFilesTarget(),
    };

    /// <summary>The targets that run native code, which can end the process.</summary>
    private static readonly string[] InWorker = ["onnx", "changed"];

    public static IReadOnlyCollection<string> Names => All.Keys;

    public static FuzzTarget Create(string name) => InWorker.Contains(name) ? new WorkerTarget(All[name]()) : All[name]();

    /// <summary>Creates the target that a worker process runs.</summary>
    public static FuzzTarget CreateInWorker(string name) => All[name]();
}
