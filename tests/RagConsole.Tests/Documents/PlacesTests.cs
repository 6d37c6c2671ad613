using RagConsole.Documents;

namespace RagConsole.Tests.Documents;

public sealed class PlacesTests
{
    [Theory]
    [InlineData(nameof(PlaceUnit.Line), "a:3-3", "a:3-4")]
    [InlineData(nameof(PlaceUnit.Page), "a, p. 3", "a, pp. 3-4")]
    [InlineData(nameof(PlaceUnit.SourceLine), "a", "a")]
    [InlineData(nameof(PlaceUnit.Paragraph), "a, paragraph 3", "a, paragraphs 3-4")]
    [InlineData(nameof(PlaceUnit.Slide), "a, slide 3", "a, slides 3-4")]
    [InlineData(nameof(PlaceUnit.Chapter), "a, chapter 3", "a, chapters 3-4")]
    [InlineData(nameof(PlaceUnit.Message), "a, message 3", "a, messages 3-4")]
    [InlineData(nameof(PlaceUnit.File), "a", "a")]
    public void A_place_has_the_unit_of_its_document(string unit, string one, string several)
    {
        var value = Enum.Parse<PlaceUnit>(unit);

        Assert.Equal((one, several), (Places.Describe("a", value, 3, 3), Places.Describe("a", value, 3, 4)));
    }

    [Fact]
    public void Numbers_of_units_in_databases_stay() => Assert.Equal(
        ["Line", "Page", "SourceLine", "Paragraph", "Slide", "Chapter", "Message", "File"], Enum.GetNames<PlaceUnit>());
}
