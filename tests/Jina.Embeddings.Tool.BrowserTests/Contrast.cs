namespace Jina.Embeddings.Tool.BrowserTests;

/// <summary>Measures the contrast of everything that is visible on the page, with the formula of WCAG 2.</summary>
internal static class Contrast
{
    /// <summary>The ratio that WCAG AA requires of text.</summary>
    public const double Text = 4.5;

    /// <summary>The ratio that WCAG AA requires of controls and graphics.</summary>
    public const double Graphics = 3;

    private const string Functions = """
        const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
        const read = color => {
          canvas.clearRect(0, 0, 1, 1);
          canvas.fillStyle = color;
          canvas.fillRect(0, 0, 1, 1);
          return [...canvas.getImageData(0, 0, 1, 1).data];
        };
        const over = (top, under) => under.map((value, i) => (top[i] * top[3] + value * (255 - top[3])) / 255);
        const background = element => {
          const layers = [];
          for (let e = element; e; e = e.parentElement) layers.unshift(read(getComputedStyle(e).backgroundColor));
          return layers.reduce((under, layer) => over(layer, under), [255, 255, 255]);
        };
        const luminance = color => {
          const [r, g, b] = color.map(value => value / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ratio = (color, element) => {
          const under = background(element);
          const [dark, light] = [luminance(over(read(color), under)), luminance(under)].sort((a, b) => a - b);
          return (light + 0.05) / (dark + 0.05);
        };
        """;

    /// <summary>Gets a script that returns the ratio of each visible text, as <c>{ name, ratio }</c>.</summary>
    public const string OfTexts = "() => {" + Functions + """
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const found = [...document.querySelectorAll("input, textarea, select")];
          while (walker.nextNode()) if (walker.currentNode.data.trim()) found.push(walker.currentNode.parentElement);
          return found.filter(e => e.checkVisibility() && !["title", "OPTION", "SCRIPT", "NOSCRIPT"].includes(e.tagName)).map(e => {
            const style = getComputedStyle(e);
            const color = e instanceof SVGElement ? style.fill : style.color;
            return { name: `${e.tagName} ${e.textContent.slice(0, 40)}`, ratio: ratio(color, e) };
          });
        }
        """;

    /// <summary>
    /// Gets a script that returns the ratio of the edges of controls, of the points of the map and of the focus, in the same form.
    /// </summary>
    public const string OfGraphics = "() => {" + Functions + """
          const edges = [...document.querySelectorAll("input, textarea, select, .sample")].filter(e => e.checkVisibility())
            .map(e => ({ name: e.id || e.textContent, ratio: ratio(getComputedStyle(e).borderTopColor, e.parentElement) }));
          const points = [...document.querySelectorAll("#map circle, #map rect")]
            .map(e => ({ name: e.textContent, ratio: ratio(getComputedStyle(e).fill, e.parentElement) }));
          const compare = document.getElementById("compare");
          compare.focus({ focusVisible: true });
          return [...edges, ...points, { name: "focus", ratio: ratio(getComputedStyle(compare).outlineColor, compare.parentElement) }];
        }
        """;
}
