using System.CommandLine;

namespace Jina.Embeddings.Tool.Commands;

/// <summary>Provides the settings of the parser, which are the same for arguments and for environment variables.</summary>
internal static class ArgumentParsing
{
    /// <summary>Gets the settings of the parser.</summary>
    /// <remarks>A text may begin with '@'. By default, the parser would read it as the name of a file of arguments.</remarks>
    public static ParserConfiguration Configuration { get; } = new() { ResponseFileTokenReplacer = null };
}
