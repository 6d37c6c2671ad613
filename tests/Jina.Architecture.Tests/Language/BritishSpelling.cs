namespace Jina.Architecture.Tests.Language;

/// <summary>Provides the pattern of words that American English spells in another way.</summary>
internal static class BritishSpelling
{
    /// <summary>Matches British spellings, also inside identifiers.</summary>
    public const string Pattern = $"({Ise}|{Our}|{Doubled}|{Others})";

    private const string Ise =
        "(?<![a-z])(un|de|re|dis)?(author|capital|categor|character|custom|equal|familiar|final|general|harmon|initial|item|local|material|"
        + "maxim|memor|minim|normal|optim|organ|parallel|parametr|personal|polar|prior|pressur|quant|random|raster|recogn|seri(al)|special|"
        + "stabil|standard|summar|symbol|synchron|token|util|vector|virtual|visual)i(t?)s(e|es|ed|er|ers|ing|ation|ations|able)(?![a-z])|"
        + "analys(e|ed|es|ing)(?<!analyses)(?![a-z])";

    private const string Our = "(behavi|col|fav|flav|(?-i:harb)|hon|hum|lab|neighb|rum|vap|endeav|sav)our";

    private const string Doubled = "(cancel|channel|dial|fuel|label|level|model|signal|total|travel|tunnel)l(ed|er|ers|ing)(?![a-z])";

    private const string Others =
        "licence|catalogue|(?<![a-z])(centre|centred|fibre|litre|metre|theatre|(?-i:grey)|artefact|artefacts|judgement|defence|offence|"
        + "practise|practised|programme|whilst|amongst|learnt|spelt|burnt|mould|fulfil|enrol|sceptical|ageing|cheque|tyre|storey)(?![a-z])";
}
