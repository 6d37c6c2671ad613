using System.Numerics.Tensors;
using Jina.Extensions.AI;
using Jina.Testing;
using static Microsoft.Playwright.Assertions;

namespace Jina.Embeddings.Tool.BrowserTests;

/// <summary>Tests the map of the texts.</summary>
public sealed class MapTests(Chromium chromium, DemoServer server) : IClassFixture<DemoServer>
{
    private const string Query = "what does the animal sit on?";

    private const string ReadPoints = """
        () => [...document.querySelectorAll("#map circle, #map rect")].map(e => e.tagName === "circle"
          ? [e.cx.baseVal.value, e.cy.baseVal.value]
          : [e.x.baseVal.value + e.width.baseVal.value / 2, e.y.baseVal.value + e.height.baseVal.value / 2])
        """;

    private const string ReadLabelBoxes = """
        () => [...document.querySelectorAll("#map, #map text")].map(e => e.getBoundingClientRect())
          .map(box => [box.left, box.right, box.top, box.bottom])
        """;

    private static readonly string[] Texts =
        ["a cat on a mat", "a feline on a rug", "the stock market fell", "shares lost value", "rain in the morning"];

    /// <summary>Checks the definition of principal components: eigenvectors with the largest eigenvalues, to the same scale.</summary>
    [Fact]
    public async Task The_axes_of_the_map_are_the_directions_in_which_the_vectors_differ_most()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);

        await page.CompareAsync(Query, Texts);

        var points = await page.Page.EvaluateAsync<double[][]>(ReadPoints);
        var products = await InnerProductsAsync([.. Texts, Query]);
        Assert.Equal(products.Length, points.Length);
        var first = Center([.. points.Select(point => point[0])]);
        var second = Center([.. points.Select(point => point[1])]);
        var (largest, next) = (AssertEigenvector(products, first), AssertEigenvector(products, second));
        var trace = products.Select((row, i) => row[i]).Sum();
        Assert.Equal(0, TensorPrimitives.CosineSimilarity<double>(first, second), 1e-3);
        Assert.Equal(largest / next, TensorPrimitives.SumOfSquares<double>(first) / TensorPrimitives.SumOfSquares<double>(second), 1e-2);
        Assert.True(largest >= next);
        Assert.True(next >= LargestEigenvalue(Deflate(Deflate(products, first, largest), second, next)) - 1e-6);
        await Expect(page.Page.Locator("#map-note")).ToContainTextAsync(
            FormattableString.Invariant($"{100 * (largest + next) / trace:F0} % of the differences"));
    }

    [Fact]
    public async Task Each_text_and_the_query_have_a_label()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);

        await page.CompareAsync(Query, Texts);

        var labels = await page.Page.Locator("#map text").AllTextContentsAsync();
        Assert.Equal([.. Texts.Select((text, i) => $"{i + 1} {text}"), $"Query: {Query}"], labels.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Labels_are_inside_the_map_and_do_not_cover_each_other(int width)
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process, width);

        await page.CompareAsync(Query, [.. Texts, .. Enumerable.Range(1, 35).Select(i => $"{Texts[i % 5]} number {i}")]);

        var boxes = await page.Page.EvaluateAsync<double[][]>(ReadLabelBoxes);
        var (map, labels) = (boxes[0], boxes[1..]);
        Assert.True(labels.Length >= 10, $"{labels.Length} labels");
        Assert.All(labels, label => Assert.True(
            label[0] >= map[0] - 1 && label[1] <= map[1] + 1 && label[2] >= map[2] - 1 && label[3] <= map[3] + 1));
        for (var i = 0; i < labels.Length; i++)
        {
            Assert.DoesNotContain(labels[(i + 1)..], other => Overlaps(labels[i], other));
        }
    }

    [Fact]
    public async Task Texts_without_differences_have_no_map()
    {
        await using var page = await OpenPage.OpenAsync(chromium, server.Process);

        await page.CompareAsync("", "a cat", "a dog");
        await Expect(page.Page.Locator("#map")).ToBeHiddenAsync();
        await page.CompareAsync("a cat", "a cat", "a cat", "a cat");

        await Expect(page.Page.Locator("#map")).ToBeHiddenAsync();
    }

    private static bool Overlaps(double[] a, double[] b) =>
        Math.Min(a[1], b[1]) - Math.Max(a[0], b[0]) > 1 && Math.Min(a[3], b[3]) - Math.Max(a[2], b[2]) > 1;

    private static async Task<double[][]> InnerProductsAsync(string[] texts)
    {
        await using var generator = await JinaEmbeddingGenerator.CreateAsync(
            JinaEmbeddingModel.FromDirectory(RepositoryFiles.Path("models", "demo-en")));
        var vectors = (await generator.EncodeAsync(texts, TestContext.Current.CancellationToken))
            .Select(vector => vector.ToArray().Select(value => (double)value).ToArray())
            .ToArray();
        var mean = Enumerable.Range(0, vectors[0].Length).Select(i => vectors.Average(vector => vector[i])).ToArray();
        var centered = vectors.Select(vector => vector.Zip(mean, (value, average) => value - average).ToArray()).ToArray();
        return [.. centered.Select(a => centered.Select(b => TensorPrimitives.Dot<double>(a, b)).ToArray())];
    }

    private static double[] Center(double[] values) => [.. values.Select(value => value - values.Average())];

    private static double[] Multiply(double[][] matrix, double[] vector) =>
        [.. matrix.Select(row => TensorPrimitives.Dot<double>(row, vector))];

    /// <summary>Returns the eigenvalue.</summary>
    private static double AssertEigenvector(double[][] matrix, double[] vector)
    {
        var product = Multiply(matrix, vector);
        Assert.Equal(1, TensorPrimitives.CosineSimilarity<double>(product, vector), 1e-4);
        return TensorPrimitives.Norm<double>(product) / TensorPrimitives.Norm<double>(vector);
    }

    private static double[][] Deflate(double[][] matrix, double[] vector, double value)
    {
        var scale = value / TensorPrimitives.SumOfSquares<double>(vector);
        return [.. matrix.Select((row, i) => row.Select((entry, j) => entry - (scale * vector[i] * vector[j])).ToArray())];
    }

    private static double LargestEigenvalue(double[][] matrix)
    {
        double[] vector = [.. matrix.Select((_, i) => 1.0 + (i % 3))];
        for (var step = 0; step < 1000; step++)
        {
            vector = Multiply(matrix, vector);
            var norm = TensorPrimitives.Norm<double>(vector);
            vector = [.. vector.Select(value => value / norm)];
        }

        return TensorPrimitives.Norm<double>(Multiply(matrix, vector));
    }
}
