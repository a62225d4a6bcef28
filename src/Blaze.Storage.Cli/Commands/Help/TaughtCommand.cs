using System.CommandLine;

namespace Blaze.Storage.Cli.Commands.Help;

/// <summary>A command whose help ends with a lesson: examples, units, what the answer means.</summary>
internal sealed class TaughtCommand(string name, string description, string lesson) : Command(name, description)
{
    /// <summary>What help shows after the options.</summary>
    public string Lesson { get; } = lesson;
}
