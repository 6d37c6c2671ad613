using System.Net;
using System.Text.Json;

namespace Jina.Embeddings.AspNetCore.Tests.Support;

/// <summary>Checks what every rejection must contain, in either shape.</summary>
internal static class RejectionAssertions
{
    private static readonly string[] JinaMembers = ["detail", "code", "request_id"];

    /// <summary>Checks a rejection in OpenAI's shape and returns its error.</summary>
    public static JsonElement OpenAI(this Answer answer, HttpStatusCode status)
    {
        Assert.Equal((status, "application/json"), (answer.Status, answer.Header("Content-Type")));
        var root = answer.Body;
        Assert.Equal(["error"], root.EnumerateObject().Select(property => property.Name));
        var error = root.GetProperty("error");
        Assert.Equal(["message", "type", "param", "code"], error.EnumerateObject().Select(property => property.Name));
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.NotEmpty(error.GetProperty("type").GetString()!);
        Assert.NotEmpty(answer.Header("x-request-id")!);
        return error;
    }

    /// <summary>Checks a rejection in Jina's shape and returns it.</summary>
    public static JsonElement Jina(this Answer answer, HttpStatusCode status)
    {
        Assert.Equal((status, "application/json"), (answer.Status, answer.Header("Content-Type")));
        var root = answer.Body;
        var names = root.EnumerateObject().Select(property => property.Name);
        Assert.Equal(status == HttpStatusCode.UnprocessableEntity ? [.. JinaMembers, "errors"] : JinaMembers, names);
        Assert.NotEmpty(root.GetProperty("detail").GetString()!);
        Assert.NotEmpty(root.GetProperty("code").GetString()!);
        Assert.Equal(answer.Header("x-request-id"), root.GetProperty("request_id").GetString());
        return root;
    }

    /// <summary>Returns a property that is a string.</summary>
    public static string Text(this JsonElement error, string property) => error.GetProperty(property).GetString()!;
}
