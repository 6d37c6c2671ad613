namespace Jina.Extensions.AI;

/// <summary>How a <see cref="T5Tokenizer"/> reads text. The values are copied when the tokenizer is created.</summary>
public sealed class T5TokenizerOptions
{
    /// <summary>Gets or sets the number of ids, the end token included, that <see cref="T5Tokenizer.Encode(string, int?)"/> keeps.</summary>
    /// <value>At least 1. The default is 512, what the Jina v1 models were trained with.</value>
    public int MaxTokens { get; set; } = 512;

    /// <summary>
    /// Gets or sets a value indicating whether <c>&lt;/s&gt;</c>, <c>&lt;pad&gt;</c>, <c>&lt;unk&gt;</c> and
    /// <c>&lt;extra_id_0&gt;</c> and so on, written in a text, are ordinary text instead of one special id each.
    /// </summary>
    /// <value>The default is <see langword="false"/>: special ids, as Hugging Face tokenizers read them.</value>
    public bool SpecialTokensAsText { get; set; }

    /// <summary>Gets or sets the number of extra ids that follow the pieces of the model file.</summary>
    /// <value>0 to 1,000,000. The default is 100, what every published T5 has.</value>
    public int ExtraIds { get; set; } = 100;
}
