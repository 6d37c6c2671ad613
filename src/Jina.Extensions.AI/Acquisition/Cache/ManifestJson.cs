using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jina.Extensions.AI.Acquisition.Cache;

/// <summary>The JSON form of <see cref="ModelManifest"/>, without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ModelManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
