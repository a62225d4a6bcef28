using System.Collections.ObjectModel;
using System.Text.Json;
using Blaze.Storage.Api.Access;
using Blaze.Storage.Api.Description;
using Blaze.Storage.Api.Jobs;
using Blaze.Storage.Api.Problems;
using Blaze.Storage.Api.Requests;
using Blaze.Storage.Center;
using Blaze.Storage.Client;
using Blaze.Storage.Client.Sharing;
using Blaze.Storage.Core;
using Blaze.Storage.Core.Resources;
using Blaze.Storage.Core.Values;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Blaze.Storage.Api.Graphs;

/// <summary>Submits graphs of calls, and shows and cancels them.</summary>
internal sealed class GraphEndpoints(BlazeClient client, GraphReader graphs, ApiOptions options)
{
    private const int MostTasks = 10_000;

    private const string Example =
        """
        {"id":"g-0f3a5c7d9e1b2a4c","state":"running","created":"2026-11-20T12:00:00+00:00","tasks":[{"key":"a","value":"add-8bca9db40f3a5c7d9e1b2a4c8bca9db4","state":"running"}]}
        """;

    // An id of a graph cannot be that of a job, so a graph can be found among the jobs as well.
    private const string AmongJobs = "/jobs/{graph:regex(^g-)}";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/tasks", (Delegate)SubmitAsync).RequireScope(ScopeExtensions.Submit)
            .Describe("submitTasks", "Submit a graph of calls", "Calls of operations that workers offer. Arguments are `args`, then the values of `dependencies`: calls listed before, or values put under /v1/keys. It has events and a result as a job has. Kept for a day after it was last looked at.")
            .Accepts<GraphRequest>("application/json").Produces<GraphBody>(StatusCodes.Status202Accepted)
            .Shows("""{"tasks":[{"key":"a","op":"add","args":[1,2]},{"key":"b","op":"add","args":[3],"dependencies":["a"],"resources":{"memory":1073741824}}],"priority":0}""", Example)
            .Fails(ProblemKind.InvalidBody, ProblemKind.UnknownField, ProblemKind.InvalidField, ProblemKind.BodyTooLarge, ProblemKind.WrongContentType, AccessProblems.LimitedKey);
        routes.MapGet("/tasks/{graph}", (Delegate)GetAsync).RequireScope(ScopeExtensions.Read)
            .Describe("getTasks", "Look at a graph", "The state of each call, and the key of its value.")
            .Produces<GraphBody>().Shows(null, Example).Fails(ProblemKind.NoSuchJob);
        routes.MapDelete("/tasks/{graph}", (Delegate)CancelAsync).RequireScope(ScopeExtensions.Submit)
            .Describe("cancelTasks", "Cancel and forget a graph", "Its values go, but for those that others want.")
            .Produces<GraphBody>().Shows(null, Example).Fails(ProblemKind.NoSuchJob);
        routes.MapGet(AmongJobs, (Delegate)GetAsync).RequireScope(ScopeExtensions.Read).ExcludeFromDescription();
        routes.MapDelete(AmongJobs, (Delegate)CancelAsync).RequireScope(ScopeExtensions.Submit).ExcludeFromDescription();
    }

    private async Task<IResult> SubmitAsync(HttpContext context)
    {
        Shared.Check(context);
        var request = await JsonBody.ReadAsync(context, ApiJson.Default.GraphRequest, options.MaxBodyBytes);
        if (request.Tasks.Count is 0 or > MostTasks)
            throw new ProblemException(ProblemKind.InvalidField, $"A graph has 1 to {MostTasks} tasks, not {request.Tasks.Count}.", "tasks");
        if (request.Priority is < -100 or > 100)
            throw new ProblemException(ProblemKind.InvalidField, $"A priority of {request.Priority} is not possible: use -100 to 100.", "priority");
        if (request.Tasks.ToList().FindIndex(task => task is null || task.Dependencies?.Any(name => name is null) == true) is >= 0 and var wrong)
            throw new ProblemException(ProblemKind.InvalidField, "A task and the names it depends on are not null.", $"tasks[{wrong}]");
        try
        {
            var id = await client.Shared.SubmitAsync([.. request.Tasks.Select((task, at) => CallOf(task) with { Resources = ResourcesOf(task, at) })], Caller.Of(context).Owner, request.Priority, context.RequestAborted);
            context.Response.Headers.Location = $"/v1/jobs/{id}";
            return Results.Json(GraphBody.Of(await graphs.GetAsync(context, id)), ApiJson.Default.GraphBody, statusCode: StatusCodes.Status202Accepted);
        }
        catch (BlazeException problem) when (problem is not CenterException)
        {
            throw new ProblemException(ProblemKind.InvalidField, problem.Message, "tasks");
        }
    }

    private async Task<IResult> GetAsync(HttpContext context, string graph) =>
        Results.Json(GraphBody.Of(await graphs.GetAsync(context, graph)), ApiJson.Default.GraphBody);

    private async Task<IResult> CancelAsync(HttpContext context, string graph)
    {
        var found = await graphs.GetAsync(context, graph);
        await client.Shared.CancelGraphAsync(graph, context.RequestAborted);
        return Results.Json(GraphBody.Of(found) with { State = JobStateName.Of(found.State == JobState.Running ? JobState.Cancelled : found.State) }, ApiJson.Default.GraphBody);
    }

    private static ResourceAmounts ResourcesOf(GraphTask task, int at)
    {
        try
        {
            return ResourceAmounts.Of(task.Resources ?? ReadOnlyDictionary<string, long>.Empty);
        }
        catch (BlazeException problem)
        {
            throw new ProblemException(ProblemKind.InvalidField, problem.Message, $"tasks[{at}].resources");
        }
    }

    private static GraphCall CallOf(GraphTask task) => new(
        task.Key,
        task.Op,
        [
            .. (task.Args ?? []).Select(argument => new GraphArgument(new Value(ValueFormat.Json, JsonSerializer.SerializeToUtf8Bytes(argument, ApiJson.Default.JsonElement)), null)),
            .. (task.Dependencies ?? []).Select(name => new GraphArgument(null, name)),
        ]);
}
