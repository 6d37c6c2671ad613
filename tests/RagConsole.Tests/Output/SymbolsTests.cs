using System.Text;
using RagConsole.Output;

namespace RagConsole.Tests.Output;

public sealed class SymbolsTests
{
    [Theory]
    [InlineData("utf-8", "\u2022")]
    [InlineData("iso-8859-1", "-")]
    [InlineData("us-ascii", "-")]
    public void Symbols_that_an_encoding_does_not_have_are_ASCII(string encoding, string bullet)
    {
        var symbols = Symbols.For(Encoding.GetEncoding(encoding));

        Assert.Equal(bullet, symbols.Bullet);
        Assert.DoesNotContain('?', Encoding.GetEncoding(encoding).GetString(
            Encoding.GetEncoding(encoding).GetBytes(symbols.Bullet + symbols.Separator + symbols.Missing)));
    }
}
