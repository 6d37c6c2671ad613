using System.Text;
using RagConsole.Documents;
using RagConsole.Documents.Html;

namespace RagConsole.Tests.Documents.Html;

public sealed class HtmlTextTests
{
    private const string Text = "The text of the page is longer than its navigation, which leads to others.";

    [Fact]
    public void The_visible_text_of_a_web_page_is_read_with_its_lines()
    {
        const string Page =
            """
            <!DOCTYPE html>
            <html><head><title>Rain &amp; wind</title><style>p { color: red }</style></head>
            <body><nav><a href="/">Home</a></nav>
            <h2>The funnel</h2>
            <p>Empty it
               <b>every</b> morning.</p>
            <script>alert("no");</script>
            <ul><li>a bucket</li><li>a brush</li></ul>
            </body></html>
            """;

        var document = Read(Page);

        Assert.Equal("# Rain & wind\n\n## The funnel\n\nEmpty it every morning.\n\na bucket\na brush", document.Text);
        Assert.Equal([2, 4, 5, 6, 8], new[] { "Rain", "The", "Empty", "every", "a brush" }.Select(document.LineOf));
    }

    [Theory]
    [InlineData("just <i>wo</i>rds", "just words")]
    [InlineData("one<br>two<br/>three", "one\ntwo\nthree")]
    [InlineData("one<br><br>two", "one\n\ntwo")]
    [InlineData("<h1>one<br>two</h1>", "# one two")]
    [InlineData("<h2><div>one</div><p>two</p><span>thr</span>ee</h2>", "## one two three")]
    [InlineData("<h2>one<script>no</script><style>no</style><template>no</template> two</h2>x", "## one two\n\nx")]
    [InlineData("<h3></h3>x", "x")]
    [InlineData("one<center>two</center>three", "one\n\ntwo\n\nthree")]
    [InlineData("<fieldset><legend>one</legend><label>two</label></fieldset>", "one\ntwo")]
    [InlineData("one<dialog>two</dialog>three", "one\n\ntwo\n\nthree")]
    [InlineData("<details><summary>one</summary>two</details>", "one\ntwo")]
    [InlineData("<my-card>one</my-card><my-card>two</my-card>", "one two")]
    [InlineData("one<hr>two", "one\n\ntwo")]
    [InlineData("<dl><dt>one<dd>two<dt>three</dl>", "one\ntwo\nthree")]
    [InlineData("<menu><li>one<li>two</menu>", "one\ntwo")]
    [InlineData("<hgroup><h1>one</h1><p>two</p></hgroup>", "# one\n\ntwo")]
    [InlineData("<search>one</search>two", "one\n\ntwo")]
    [InlineData("<figure>one<figcaption>two</figcaption></figure>", "one\ntwo")]
    [InlineData("H<sub>2</sub>O, E=mc<sup>2</sup>, a<wbr>b, <bdo dir=ltr>c</bdo>d", "H2O, E=mc2, ab, cd")]
    [InlineData("one<img alt=x>two<button>no</button>three", "one two three")]
    [InlineData("<ruby>one<rp>(</rp><rt>two</rt><rp>)</rp></ruby>", "onetwo")]
    [InlineData("one<span hidden>no</span><i style='color: red; Display : none'>no</i> two<p hidden=until-found>three", "one two\n\nthree")]
    [InlineData("<math><semantics><mi>x</mi><annotation>no</annotation></semantics></math>", "x")]
    [InlineData("<datalist><option>no</datalist>one<noscript>no</noscript><iframe>no</iframe><object>no</object>", "one")]
    [InlineData("one\u00a0\u2003 two&nbsp;&#1;three", "one two three")]
    public void Words_and_lines_end_where_a_browser_ends_them(string html, string text) => Assert.Equal(text, Read(html).Text);

    [Theory]
    [InlineData("<table><tr><th>a<th>b<tr><td>1<td> <p>2</table>", "a | b\n1\n\n2")]
    [InlineData("<table><caption>c</caption><tbody><tr><td>1</td> <td></td> <td>3</td></tr></tbody></table>", "c\n1 | 3")]
    [InlineData("<table>before<tr><td>1</table>after", "before\n\n1\n\nafter")]
    public void A_row_of_a_table_is_a_line(string html, string text) =>
        Assert.Equal(text, Read(html).Text);

    [Theory]
    [InlineData("<pre>\none\n  two\n\n\n\nthree</pre>", "one\n  two\n\nthree")]
    [InlineData("<pre><code>one\n\t<b>two</b></code></pre>three", "one\n\ttwo\n\nthree")]
    [InlineData("<textarea>one\n two</textarea>", "one\n two")]
    [InlineData("<xmp><b>one</b>\n two</xmp>", "<b>one</b>\n two")]
    [InlineData("<listing>one\n two</listing>", "one\n two")]
    [InlineData("<plaintext><b>one\n two</b>", "<b>one\n two</b>")]
    [InlineData("<div style='white-space: pre-wrap'>one\n two</div>", "one\n two")]
    [InlineData("<pre>a\r\nb\rc</pre>", "a\nb\nc")]
    public void Preformatted_text_keeps_its_lines(string html, string text) => Assert.Equal(text, Read(html).Text);

    [Theory]
    [InlineData("a\nb\n<p>c\nd\n\ne", "a1 b2 c3 d4 e6")]
    [InlineData("<!DOCTYPE html>\n<title>a</title>\nb", "a2 b3")]
    [InlineData("<p\nid=x\n>a<b\n>b</b>\nc", "a3 b4 c5")]
    [InlineData("<pre>\n\na\nb\n</pre>\nc", "a3 b4 c6")]
    [InlineData("<p>a\r\nb\rc", "a1 b2 c3")]
    [InlineData("<pre>a&#10;b\nc</pre>\nd", "a1 c2 d3")]
    [InlineData("a<script>\nx\n</script>b\n<template>\ny<i>z</i></template>c\n<!--\n-->d", "a1 b3 c5 d7")]
    [InlineData("<nav>\n<a href=x>x</a></nav>a", "a2")]
    [InlineData("<table>\na<tr>\n<td>b\n</table>c", "a2 b3 c4")]
    [InlineData("<b>a\n<p>b\n</b>c", "a1 b2 c3")]
    [InlineData("<html>\n<p>a</p></body>\n</html>\nb", "a2 b4")]
    public void Each_character_has_its_line_in_the_file(string html, string expected)
    {
        var document = Read(html);

        Assert.Equal(expected, string.Join(' ', expected.Split(' ').Select(item => $"{item[0]}{document.LineOf($"{item[0]}")}")));
    }

    [Fact]
    public void Lines_after_65535_are_counted() => Assert.Equal(70_001, Read(new string('\n', 70_000) + "<p>a").LineOf("a"));

    [Theory]
    [InlineData("<nav>Home</nav>")]
    [InlineData("<div role=navigation><p>Home</p></div>")]
    [InlineData("<p><a href=a>Prev</a> | <a href=b>Next</a></p>")]
    [InlineData("<div><div><a href=a>« Prev</a></div><div><a href=b>Next »</a></div></div>")]
    [InlineData("<ul><li><a href=a>Overview</a><ul><li><a href=b>Radio link</a></ul></ul>")]
    [InlineData("<table><tr><td><a href=a>Prev</a><td><a href=b>Next</a></table>")]
    public void Navigation_is_left_out(string navigation) =>
        Assert.Equal(Text, Read($"{navigation}<p>{Text}</p>{navigation}").Text);

    [Theory]
    [InlineData("<p>See <a href=a>one</a> and <a href=b>two</a>.</p>")]
    [InlineData("<p><a href=a>Only one link</a></p>")]
    [InlineData("<p><a id=a>Two</a> <a id=b>anchors</a></p>")]
    [InlineData("<h2><a href=a>One</a> <a href=b>Two</a></h2>")]
    [InlineData("<pre><a href=a>Read</a>(<a href=b>Stream</a>)</pre>")]
    [InlineData("<aside>A note</aside><footer>The end</footer>")]
    [InlineData("<table><tr><td><a href=a>One</a><td><a href=b>Two</a><tr><td>Three</table>")]
    public void Links_that_are_content_are_read(string content)
    {
        var text = Read($"<p>{Text}</p>{content}").Text;

        Assert.Equal(Words(Read(content).Text), Words(text[Text.Length..]));
    }

    [Theory]
    [InlineData("<ul><li><a href=a>One</a><li><a href=b>Two</a></ul>", "One\nTwo")]
    [InlineData("<title>Site</title><p>Index</p><ul><li><a href=a>One</a><li><a href=b>Two</a></ul>", "# Site\n\nIndex\n\nOne\nTwo")]
    [InlineData("<nav><a href=a>One</a> <a href=b>Two</a></nav>", "One Two")]
    [InlineData("<main><p><a href=a>One</a></p></main>", "One")]
    public void A_page_of_links_is_read(string html, string text) => Assert.Equal(text, Read(html).Text);

    [Fact]
    public void Tags_that_are_never_closed_do_not_lose_text()
    {
        var text = Read(string.Concat(Enumerable.Range(0, 2_000).Select(number => $"<div>{number} "))).Text;

        Assert.Equal(Enumerable.Range(0, 2_000).Select(number => $"{number}").Order(), Words(text).Order());
    }

    private static string[] Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static Document Read(string html)
    {
        var result = HtmlText.Read(Encoding.UTF8.GetBytes(html));
        Assert.Null(result.Remark);
        return result.Document!;
    }
}
