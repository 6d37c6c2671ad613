using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace RagConsole.Documents.Html;

/// <summary>Finds the parts of a page that lead to other pages: menus, "previous and next" bars and other lists of links.</summary>
internal sealed class LinkLists
{
    /// <summary>Entries of menus are titles of a few words. Longer links are sentences of the page.</summary>
    private const int MaxAverageLength = 50;

    private readonly HashSet<IElement> _lists = [];

    private LinkLists()
    {
    }

    /// <summary>Gets a value that indicates whether the page has lists of links.</summary>
    public bool Any => _lists.Count > 0;

    /// <summary>Finds the lists below an element.</summary>
    public static LinkLists Find(IElement root)
    {
        var lists = new LinkLists();
        lists.Measure(root, insideLink: false);
        return lists;
    }

    /// <summary>Determines whether an element is a navigation landmark.</summary>
    public static bool IsNavigation(IElement element) =>
        element.LocalName == "nav"
        || element.GetAttribute("role") is { } role && role.Trim().ToUpperInvariant() is "NAVIGATION" or "MENU" or "MENUBAR";

    /// <summary>Determines whether an element is a block with two links or more and without other words.</summary>
    public bool Contains(IElement element) => _lists.Contains(element);

    private static bool IsLink(IElement element) => element is IHtmlAnchorElement && element.HasAttribute("href");

    private LinkCounts Measure(IElement element, bool insideLink)
    {
        var sum = default(LinkCounts);
        foreach (var node in element.ChildNodes)
        {
            if (node is IText text)
            {
                var letters = text.Data.Count(char.IsLetterOrDigit);
                sum += insideLink ? new LinkCounts(0, letters, 0) : new LinkCounts(0, 0, letters);
            }
            else if (node is IElement child
                && Rendering.GetDisplay(child) is not (Display.None or Display.Replaced) && !IsNavigation(child))
            {
                sum += Measure(child, insideLink || IsLink(child));
            }
        }

        if (IsLink(element) && sum.Linked > 0)
        {
            return sum with { Links = 1 };
        }

        var display = Rendering.GetDisplay(element);
        if (display == Display.Heading || Rendering.IsPreformatted(element))
        {
            // Links in headings and in code are content.
            return new LinkCounts(0, 0, sum.Linked + sum.Other);
        }

        if (display == Display.Paragraph && sum is { Links: >= 2, Other: 0 } && sum.Linked <= MaxAverageLength * sum.Links)
        {
            _lists.Add(element);
        }

        return sum;
    }

    /// <summary>Represents the links of an element, the letters and digits inside links, and the other letters and digits.</summary>
    private readonly record struct LinkCounts(int Links, int Linked, int Other)
    {
        public static LinkCounts operator +(LinkCounts left, LinkCounts right) =>
            new(left.Links + right.Links, left.Linked + right.Linked, left.Other + right.Other);
    }
}
