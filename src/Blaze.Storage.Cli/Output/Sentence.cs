using System.Globalization;
using System.Text;

namespace Blaze.Storage.Cli.Output;

/// <summary>What the program says on stderr.</summary>
internal static class Sentence
{
    /// <summary>
    /// The message as one line after the program's name. A message may repeat what a user or a file said, and that may hold line breaks or
    /// commands to the terminal: they show as <c>\u000a</c>.
    /// </summary>
    public static string Of(string message)
    {
        var line = new StringBuilder("blaze: ", message.Length + 16);
        foreach (var character in message)
        {
            if (char.IsControl(character))
                line.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                line.Append(character);
        }

        return line.ToString();
    }
}
