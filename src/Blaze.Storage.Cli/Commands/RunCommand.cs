using System.CommandLine;
using System.Text.Json;
using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Commands.Help;
using Blaze.Storage.Core.Functions;
using Blaze.Storage.Core.Resources;

namespace Blaze.Storage.Cli.Commands;

/// <summary><c>blaze run NAME ARGS…</c>: calls an operation that workers offer.</summary>
internal static class RunCommand
{
    private const string Lesson =
        """
        Examples:
          blaze run add 1 2                 3
          blaze run sum '[1.5, 2.5]'        4
          blaze run train d.npy --resource gpu=1 --resource memory=4Gi    on a worker that has so much to spare
          blaze run word-count@2 a.txt b    version 2 of an operation from a package, see `blaze worker --ops`

          An argument that is JSON is that value; any other is a text. The value is written as
          JSON, raw bytes as they are. Equal calls are computed once while somebody wants them.

        """;

    public static Command Create(CommandServices services)
    {
        var name = new Argument<string>("NAME") { Description = "The operation, with @2 for a version other than the first." };
        name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && !OperationName.TryParse(text, out _))
                result.AddError($"'{text}' is not the name of an operation: lower-case letters, digits and '-', and '@2' for a version other than the first.");
        });
        var arguments = new Argument<string[]>("ARGS") { Description = "What it is called with.", Arity = ArgumentArity.ZeroOrMore };
        var command = new TaughtCommand("run", "Call an operation that workers offer, and print its value.", Lesson) { name, arguments };
        var options = ClusterOptions.AddTo(command, mayEmbed: true);
        var resources = ResourceOption.AddTo(command, "What the call takes of its worker while it runs: gpu=1, or memory=4Gi. May be given several times.");
        CheckedAction.Set(command, services, async (parsed, cancellationToken) =>
        {
            await using var cluster = await services.Open(options.Read(parsed), cancellationToken);
            var values = (parsed.GetValue(arguments) ?? []).Select(ValueOf).ToArray();
            var value = await cluster.CallAsync(parsed.GetRequiredValue(name), values, resources.Read(parsed) ?? ResourceAmounts.None, line => services.Terminal.Error.WriteLine($"blaze: {line}"), cancellationToken);
            Write(services.Terminal.Results, value);
            return ExitCodes.Done;
        });
        return command;
    }

    private static object? ValueOf(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            // What is no JSON is meant as it is written.
            return text;
        }
    }

    private static void Write(Stream results, object? value)
    {
        if (value is byte[] bytes)
        {
            results.Write(bytes);
        }
        else
        {
            JsonSerializer.Serialize(results, value);
            results.WriteByte((byte)'\n');
        }

        results.Flush();
    }
}
