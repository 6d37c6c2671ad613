using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using RagConsole.Output;

namespace RagConsole.Mcp;

/// <summary>Turns failures of tools into errors that a model can read and act on, instead of faults of the protocol.</summary>
internal static class ToolFailures
{
    /// <summary>Checks the arguments of a call, runs it and reports a failure as one line.</summary>
    public static McpRequestHandler<CallToolRequestParams, CallToolResult> Filter(
        McpRequestHandler<CallToolRequestParams, CallToolResult> next) => async (request, cancellationToken) =>
    {
        try
        {
            if (request is { MatchedPrimitive: McpServerTool tool, Params: { } call })
            {
                call.Arguments = ToolArguments.Check(call.Name, tool.ProtocolTool.InputSchema, call.Arguments);
            }

            return await next(request, cancellationToken);
        }
        catch (ToolException error)
        {
            return Fail(error.Message);
        }
        catch (Exception error) when (error is not (McpProtocolException or OperationCanceledException or OutOfMemoryException))
        {
            Status.Warning($"{request.Params?.Name}: {error.Message}");
            return Fail(Printable.Line(error.Message));
        }
    };

    private static CallToolResult Fail(string message) =>
        new() { IsError = true, Content = [new TextContentBlock { Text = message }] };
}
