using System.Collections.Frozen;

namespace RagConsole.Documents;

/// <summary>Recognizes source code by the names of files.</summary>
/// <remarks>JSON, XML and CSV files are not read. Most of them are data, lock files or results, which do not answer questions.</remarks>
internal static class CodeFiles
{
    private static readonly FrozenSet<string> Extensions = CreateSet("""
        .cs .csx .vb .fs .fsi .fsx .razor .cshtml .xaml
        .c .h .cc .cpp .cxx .hh .hpp .hxx .ino .m .mm .cu .glsl .hlsl
        .java .kt .kts .scala .groovy .gradle .clj .cljs .swift .dart
        .go .rs .zig .nim .d .pas .ada .adb .ads .f90 .asm .s .v .sv .vhd .vhdl
        .py .pyi .rb .php .pl .pm .lua .r .jl .ex .exs .erl .hrl .hs .ml .mli .elm .lisp .el .scm .tcl
        .js .mjs .cjs .jsx .ts .mts .cts .tsx .vue .svelte .css .scss .sass .less
        .sh .bash .zsh .fish .ps1 .psm1 .psd1 .bat .cmd .awk
        .sql .proto .thrift .graphql .gql
        .yaml .yml .toml .ini .cfg .conf .properties .tf .tfvars .bicep .nix .cmake .mk .dockerfile
        .csproj .fsproj .vbproj .props .targets .sln .slnx
        """);

    private static readonly FrozenSet<string> Names = CreateSet(
        "Dockerfile Containerfile Makefile GNUmakefile Jenkinsfile Rakefile Gemfile Vagrantfile Justfile BUILD.bazel CMakeLists.txt");

    private static readonly FrozenSet<string> Markup = CreateSet(".rst .adoc .asciidoc .tex .org");

    /// <summary>Generated files without line ends, which people never read.</summary>
    private static readonly FrozenSet<string> Minified = CreateSet(".min.js .min.mjs .min.css");

    /// <summary>Determines whether a file contains source code or settings that people write.</summary>
    public static bool Contains(string file)
    {
        var name = Path.GetFileName(file);
        var extension = Path.GetExtension(name);
        var last = Path.GetExtension(Path.GetFileNameWithoutExtension(name)) + extension;
        return Names.Contains(name) || (Extensions.Contains(extension) && !Minified.Contains(last));
    }

    /// <summary>Determines whether a file is a text with marks of another language than Markdown.</summary>
    public static bool IsMarkup(string file) => Markup.Contains(Path.GetExtension(file));

    private static FrozenSet<string> CreateSet(string words) => words
        .Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
