using System.Text;
using RagConsole.Documents;

namespace RagConsole.Tests.Documents;

public sealed class CodeFilesTests
{
    [Theory]
    [InlineData("a.cs")]
    [InlineData("a.PY")]
    [InlineData("folder/Dockerfile")]
    [InlineData("Makefile")]
    [InlineData("CMakeLists.txt")]
    [InlineData("a.yaml")]
    [InlineData("a.csproj")]
    public void Code_is_recognized_by_the_name(string file)
    {
        Assert.True(DocumentFormats.Supports(file));
        Assert.False(DocumentFormats.HasHeadings(file));
        Assert.True(DocumentFormats.Read(file, "x"u8.ToArray()).Document!.IsCode);
    }

    [Theory]
    [InlineData("a.json")]
    [InlineData("a.xml")]
    [InlineData("a.csv")]
    [InlineData("a.min.js")]
    [InlineData("a.min.css")]
    [InlineData("a.exe")]
    [InlineData("file")]
    public void Data_and_generated_files_are_not_supported(string file) => Assert.False(DocumentFormats.Supports(file));

    [Theory]
    [InlineData("a.rst")]
    [InlineData("a.txt")]
    [InlineData("a.md")]
    public void Text_is_not_code(string file)
    {
        Assert.Equal("# x", DocumentFormats.Read(file, Encoding.UTF8.GetBytes("# x")).Document!.Text);
        Assert.False(DocumentFormats.Read(file, "x"u8.ToArray()).Document!.IsCode);
    }
}
