using Jina.Embeddings.AspNetCore.Requests;

namespace Jina.Embeddings.AspNetCore.Tests.Requests;

public sealed class IgnoredFieldsTests
{
    [Fact]
    public void Names_are_listed_once_in_their_order() => Assert.Equal("b, a, (empty)", List("b", "a", "b", "", "a"));

    [Fact]
    public void A_name_that_equals_another_ones_escapes_is_listed_too() => Assert.Equal("a%20b, a%2520b", List("a b", "a%20b", "a b"));

    [Theory]
    [InlineData("a b", "a%20b")]
    [InlineData("a\"\r\nX: y", "a%22%0D%0AX%3A%20y")]
    [InlineData("a, b\\", "a%2C%20b%5C")]
    [InlineData("schlüssel", "schl%C3%BCssel")]
    public void Names_cannot_end_the_header(string name, string escaped) => Assert.Equal(escaped, List(name));

    [Fact]
    public void At_most_ten_names_are_kept()
    {
        Assert.Equal("a0, a1, a2, a3, a4, a5, a6, a7, a8, a9", List([.. Enumerable.Range(0, 10).Select(i => $"a{i}")]));
        Assert.Equal("a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, ...", List([.. Enumerable.Range(0, 100_000).Select(i => $"a{i}")]));
    }

    [Theory]
    [InlineData('n')]
    [InlineData('漢')]
    public void The_list_of_long_names_is_short(char character)
    {
        var list = List([.. Enumerable.Range(0, 10).Select(i => $"{i}{new string(character, 100_000)}")]);

        Assert.InRange(list.Length, 200, 470);
        Assert.EndsWith(", ...", list, StringComparison.Ordinal);
    }

    private static string List(params string[] names)
    {
        var fields = new IgnoredFields();
        foreach (var name in names)
        {
            fields.Add(name);
        }

        return fields.ToString();
    }
}
