using System.CommandLine;
using Blaze.Storage.Api.Access;
using Blaze.Storage.Cli.Cluster;
using Blaze.Storage.Cli.Commands.Help;

namespace Blaze.Storage.Cli.Commands;

/// <summary><c>blaze key new|list|remove</c>: the API keys of <c>blaze api --keys</c>.</summary>
internal static class KeyCommand
{
    private const string Lesson =
        """
        Examples:
          blaze key new --file keys.json --name ci --scope submit --scope read
          blaze key new --file keys.json --name logs --scope submit --scope read --source s3://bucket/logs
          blaze key list --file keys.json
          blaze key remove --file keys.json 1f3c09ab

          A key is shown once, when it is made; the file holds its hash alone. Servers notice a
          changed file within a second. Scopes: submit (jobs and values), read (one's own jobs,
          results and the workers), admin (everything of everybody). Keys of one name see each
          other's jobs, so a key is replaced by a new one of the same name.

        """;

    public static Command Create() => new TaughtCommand("key", "Make, list and remove the API keys of `blaze api`.", Lesson) { New(), List(), Remove() };

    private static Command New()
    {
        var file = FileOption();
        var name = new Option<string>("--name") { Description = "Who gets it.", HelpName = "NAME", Required = true };
        var scopes = new Option<string[]>("--scope") { Description = "What it is good for: submit, read, admin; may be given several times.", HelpName = "SCOPE", Required = true };
        scopes.AcceptOnlyFromAmong("submit", "read", "admin");
        var sources = new Option<string[]>("--source") { Description = "A URI at or below which the sources of its jobs must lie; may be given several times. Default: anywhere.", HelpName = "URI" };
        var command = new Command("new", "Make a key, add its hash to the file, and print the key.") { file, name, scopes, sources };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetRequiredValue(scopes).Aggregate(Scopes.None, (all, scope) => all | Enum.Parse<Scopes>(scope, ignoreCase: true));
            var limits = parsed.GetValue(sources) is { Length: > 0 } given ? given : null;
            parsed.InvocationConfiguration.Output.WriteLine(ApiKeyFile.Add(parsed.GetRequiredValue(file), parsed.GetRequiredValue(name), wanted, limits));
            parsed.InvocationConfiguration.Error.WriteLine("blaze: this is the key; it is kept nowhere else.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command List()
    {
        var file = FileOption();
        var command = new Command("list", "List the keys: id, name, scopes, sources.") { file };
        command.SetAction(parsed =>
        {
            foreach (var key in ApiKeyFile.List(parsed.GetRequiredValue(file)))
                parsed.InvocationConfiguration.Output.WriteLine($"{key.Id}  {key.Name}  {ScopesOf(key)}  {(key.Sources is null ? "everywhere" : string.Join(' ', key.Sources))}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Remove()
    {
        var file = FileOption();
        var id = new Argument<string>("ID") { Description = "The key's id, as `blaze key list` shows it." };
        var command = new Command("remove", "Remove a key; servers refuse it within a second.") { file, id };
        command.SetAction(parsed => ApiKeyFile.Remove(parsed.GetRequiredValue(file), parsed.GetRequiredValue(id))
            ? ExitCodes.Done
            : throw new ClusterException($"There is no key '{parsed.GetRequiredValue(id)}' in '{parsed.GetRequiredValue(file)}'; `blaze key list` shows those there are."));
        return command;
    }

    private static Option<string> FileOption() => new("--file") { Description = "The key file.", HelpName = "FILE", Required = true };

    private static string ScopesOf(ApiKeyInfo key) =>
        string.Join(',', new[] { Scopes.Submit, Scopes.Read, Scopes.Admin }.Where(scope => key.Scopes.HasFlag(scope)).Select(scope => Enum.GetName(scope)!.ToLowerInvariant()));
}
