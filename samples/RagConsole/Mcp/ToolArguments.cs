using System.Text.Json;

namespace RagConsole.Mcp;

/// <summary>Checks the arguments of a call against the input schema of the tool.</summary>
internal static class ToolArguments
{
    /// <summary>Returns the arguments without those that are null, which mean the default.</summary>
    /// <param name="tool">The name of the tool.</param>
    /// <param name="schema">The input schema of the tool.</param>
    /// <param name="arguments">The arguments of the call.</param>
    /// <exception cref="ToolException">An argument is unknown, missing, of another type or out of range.</exception>
    public static Dictionary<string, JsonElement> Check(
        string tool, JsonElement schema, IDictionary<string, JsonElement>? arguments)
    {
        var properties = schema
            .GetProperty("properties")
            .EnumerateObject()
            .ToDictionary(property => property.Name, property => property.Value);
        var given = (arguments ?? new Dictionary<string, JsonElement>())
            .Where(argument => argument.Value.ValueKind != JsonValueKind.Null)
            .ToDictionary(argument => argument.Key, argument => argument.Value);
        foreach (var (name, value) in given)
        {
            if (!properties.TryGetValue(name, out var expected))
            {
                throw new ToolException(
                    $"'{tool}' does not have the argument '{name}'. It has: {string.Join(", ", properties.Keys.DefaultIfEmpty("none"))}.");
            }

            if (FindFault(expected, value) is { } fault)
            {
                throw new ToolException($"The argument '{name}' of '{tool}' {fault}.");
            }
        }

        if (schema.TryGetProperty("required", out var required)
            && required.EnumerateArray().Select(name => name.GetString()!).FirstOrDefault(name => !given.ContainsKey(name)) is { } missing)
        {
            throw new ToolException($"The argument '{missing}' of '{tool}' is missing.");
        }

        return given;
    }

    private static string? FindFault(JsonElement expected, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number))
        {
            var (minimum, maximum) = (GetLimit("minimum", int.MinValue), GetLimit("maximum", int.MaxValue));
            return !Allows("integer") ? "must be a text"
                : number < minimum || number > maximum ? $"is {number}, but must be from {minimum} to {maximum}"
                : null;
        }

        if (value.ValueKind != JsonValueKind.String || !Allows("string"))
        {
            return Allows("integer") ? "must be a whole number" : "must be a text";
        }

        var length = value.GetString()!.Length;
        return length < GetLimit("minLength", 0) ? "is empty"
            : length > GetLimit("maxLength", int.MaxValue) ? $"has {length} characters, but must have at most {GetLimit("maxLength", 0)}"
            : null;

        int GetLimit(string keyword, int otherwise) => expected.TryGetProperty(keyword, out var limit) ? limit.GetInt32() : otherwise;

        // The type is a name, or a list of names if the argument can be null.
        bool Allows(string type) => expected.GetProperty("type") is var types && (types.ValueKind == JsonValueKind.Array
            ? types.EnumerateArray().Any(each => each.ValueEquals(type))
            : types.ValueEquals(type));
    }
}
