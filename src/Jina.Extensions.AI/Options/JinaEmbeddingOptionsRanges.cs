using Microsoft.Extensions.Options;

namespace Jina.Extensions.AI.Options;

/// <summary>What can be said of each option by itself: the attributes of <see cref="JinaEmbeddingOptions"/>, checked without reflection.</summary>
[OptionsValidator]
internal sealed partial class JinaEmbeddingOptionsRanges : IValidateOptions<JinaEmbeddingOptions>;
