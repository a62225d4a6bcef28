namespace Blaze.Storage.Cli.Tests.BadInputs;

/// <summary>What a command line came to.</summary>
/// <param name="Line">The command line, for messages.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Results">What it wrote to stdout.</param>
/// <param name="Error">What it wrote to stderr.</param>
internal sealed record CommandOutcome(string Line, int ExitCode, string Results, string Error)
{
    private const string Hint = "blaze: `blaze --help` lists the commands and their options.";

    /// <summary>Fails unless this is the exit code, stdout is empty, and stderr is one sentence that holds the words.</summary>
    /// <param name="exitCode">The only right exit code.</param>
    /// <param name="words">What the sentence must hold, separated by <c>|</c>.</param>
    public void AssertRefused(int exitCode, string words)
    {
        Assert.True(exitCode == ExitCode, $"Exit code {ExitCode}, not {exitCode}, of: {this}");
        Assert.True(Results.Length == 0, $"Something on stdout of: {this}");
        var lines = Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (exitCode == ExitCodes.BadUsage)
            lines.Remove(Hint);
        Assert.True(lines.Count == 1, $"Not one sentence on stderr of: {this}");
        var sentence = lines[0];
        Assert.True(sentence.StartsWith("blaze: ", StringComparison.Ordinal) && sentence.EndsWith('.'), $"No sentence: {this}");
        Assert.True(!sentence.Contains("unexpected", StringComparison.Ordinal) && !sentence.Any(char.IsControl), $"No plain sentence: {this}");
        foreach (var word in words.Split('|'))
            Assert.True(sentence.Contains(word, StringComparison.Ordinal), $"Without '{word}': {this}");
    }

    /// <summary>Fails unless the question was answered and nothing was complained about.</summary>
    public void AssertAnswered()
    {
        Assert.True(ExitCode == ExitCodes.Done && Results.Length > 0 && Error.Length == 0, ToString());
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Line}\nexit code {ExitCode}\nstdout: {Shortened(Results)}\nstderr: {Error}";

    private static string Shortened(string text) => text.Length <= 500 ? text : text[..500] + "…";
}
