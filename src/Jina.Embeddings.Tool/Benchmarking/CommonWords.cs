namespace Jina.Embeddings.Tool.Benchmarking;

/// <summary>Common English words, lower-case and without punctuation, so that each has the same tokens wherever it stands.</summary>
internal static class CommonWords
{
    public static readonly string[] All =
        """
        a after again all also although an and any are around as at because before behind between both but by can could during
        each either every for from had has have here how if in into is it its like many may more most must near never no not
        of often on once one only or other our over she should since so some than that the their then there these they this
        those though through to under until up was we well were what when where which while who will with without would you
        your able answer appointment bank better book bring business carry century child clear cold company conversation
        country customer decide delivery direct energy enough example fall final food government ground grow heavy important
        industry keep language learn level line little local market measurement member minute money morning mushroom music
        neighbourhood notice order particular passenger password period photograph place point power present problem question
        quiet reason refrigerator region report restaurant return road season sentence several small soft software south
        spring station story strong summer system teacher temperature thing together understand unfortunately university usual
        weather window wood work write yesterday
        """.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
