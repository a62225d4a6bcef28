using System.CommandLine;
using System.Text.Json.Nodes;
using Blaze.Storage.Cli.Commands;

namespace Blaze.Storage.Cli.Tests.Deployment;

/// <summary>The program takes the command lines it is started with.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string> CommandLines =>
    [
        .. Manifests.Workloads.SelectMany(workload => workload.Each("spec", "template", "spec", "containers"))
            .Where(container => container.Text("image") == "blaze").Select(container => Line(container.Words("args"))),
        .. Services.Where(service => service.Text("build", "dockerfile") == "infra/docker/Dockerfile").Select(service => Line(service.Words("command"))),
        .. Services.Select(service => service.At("healthcheck")).OfType<JsonNode>().Select(check => check.Words("test"))
            .Where(words => words is ["CMD", "/app/blaze", ..]).Select(words => Line(words[2..])),
    ];

    [Theory]
    [MemberData(nameof(CommandLines))]
    public void Line_OfAContainer_IsOneTheProgramTakes(string line)
    {
        var root = new RootCommand();
        foreach (var command in new[] { WorkerCommand.Create(), ApiCommand.Create(), HealthCommand.Create() })
            root.Subcommands.Add(command);
        var parsed = root.Parse(line.Split(' '));
        Assert.Empty(parsed.Errors.Select(error => error.Message));
        Assert.NotSame(root, parsed.CommandResult.Command);
    }

    [Fact]
    public void Containers_OfCompose_MayDoNothingTheyNeedNot() => Assert.All(
        Manifests.Compose.At("services")!.AsObject().Where(service => service.Value.At("profiles") is null || service.Value!.At("profiles")!.ToJsonString().Contains("observe", StringComparison.Ordinal)), service =>
        {
            Assert.Equal("true", service.Value.Text("read_only"));
            Assert.Equal("ALL", service.Value.Each("cap_drop").Single().ToString());
            Assert.Equal("no-new-privileges:true", service.Value.Each("security_opt").Single().ToString());
            Assert.All(service.Value.Each("ports"), port => Assert.StartsWith("127.0.0.1:", port.ToString(), StringComparison.Ordinal));
        });

    [Fact]
    public void CommandLines_OfTheFiles_AreFound() => Assert.Equal(6, CommandLines.Count);

    private static IEnumerable<JsonNode> Services => Manifests.Compose.At("services")!.AsObject().Select(service => service.Value!);

    // What an orchestrator puts in is something the program takes there.
    private static string Line(string[] words) => string.Join(' ', words).Replace("$(POD_IP)", "10.0.0.7", StringComparison.Ordinal)
        .Replace("$(NODE_NAME)", "node-1", StringComparison.Ordinal).Replace("${BLAZE_SLOTS:-2}", "2", StringComparison.Ordinal);
}
