using System.Net;
using System.Text.Json;

namespace Jina.Embeddings.AspNetCore.Tests.Support;

/// <summary>Checks what every rejection must contain, in each shape.</summary>
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

    /// <summary>Checks a rejection in Ollama's shape and returns its message.</summary>
    public static string Ollama(this Answer answer, HttpStatusCode status)
    {
        Assert.Equal((status, "application/json"), (answer.Status, answer.Header("Content-Type")));
        Assert.Equal(["error"], answer.Body.EnumerateObject().Select(property => property.Name));
        Assert.NotEmpty(answer.Header("x-request-id")!);
        return answer.Body.Text("error");
    }

    /// <summary>Checks a rejection in the shape of Text Embeddings Inference and returns it.</summary>
    public static JsonElement Inference(this Answer answer, HttpStatusCode status)
    {
        Assert.Equal((status, "application/json"), (answer.Status, answer.Header("Content-Type")));
        Assert.Equal(["error", "error_type"], answer.Body.EnumerateObject().Select(property => property.Name));
        Assert.NotEmpty(answer.Body.Text("error"));
        Assert.NotEmpty(answer.Header("x-request-id")!);
        return answer.Body;
    }

    /// <summary>Returns a property that is a string.</summary>
    public static string Text(this JsonElement error, string property) => error.GetProperty(property).GetString()!;
}
