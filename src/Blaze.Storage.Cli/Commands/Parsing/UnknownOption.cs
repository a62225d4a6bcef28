using System.CommandLine;
using System.CommandLine.Parsing;

namespace Blaze.Storage.Cli.Commands.Parsing;

/// <summary>Finds options that do not exist. The parser takes any word for an argument where a command takes some, a mistyped option too.</summary>
internal static class UnknownOption
{
    /// <summary>What is wrong with the first word that looks like an option and is none; null where there is no such word.</summary>
    public static string? In(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Arguments.Count == 0)
            return null;
        var tokens = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).ToArray();
        var valued = command.Options.Where(option => option.Arity.MinimumNumberOfValues > 0).Select(option => option.Name).ToHashSet();
        for (var i = 0; i < tokens.Length; i++)
        {
            var isValue = i > 0 && tokens[i - 1].Type == TokenType.Option && valued.Contains(tokens[i - 1].Value);
            if (tokens[i].Type == TokenType.Argument && !isValue && tokens[i].Value is ['-', _, ..] word)
                return $"There is no option '{word}' here; `blaze {command.Name} --help` lists them, and a file of that name goes after --.";
        }

        return null;
    }
}
