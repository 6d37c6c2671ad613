namespace Jina.Extensions.AI;

/// <summary>Represents the options of a <see cref="T5Tokenizer"/>. They are copied when the tokenizer is created.</summary>
public sealed class T5TokenizerOptions
{
    /// <summary>
    /// Gets or sets the most IDs, end token included, that <see cref="T5Tokenizer.Encode(string, int?)"/> returns by default.
    /// </summary>
    /// <value>At least 1. The default is 512, which the Jina v1 models were trained with.</value>
    public int MaxTokens { get; set; } = 512;

    /// <summary>
    /// Gets or sets a value indicating whether the special tokens <c>&lt;/s&gt;</c>, <c>&lt;pad&gt;</c>, <c>&lt;unk&gt;</c>,
    /// <c>&lt;extra_id_0&gt;</c> and so on are ordinary text if they occur in a text.
    /// </summary>
    /// <value>The default is <see langword="false"/>: each becomes one special ID, as in Hugging Face tokenizers.</value>
    public bool SpecialTokensAsText { get; set; }

    /// <summary>Gets or sets the number of extra IDs after the pieces of the model file.</summary>
    /// <value>0 to 1,000,000. The default is 100, the number of every published T5.</value>
    public int ExtraIds { get; set; } = 100;
}
