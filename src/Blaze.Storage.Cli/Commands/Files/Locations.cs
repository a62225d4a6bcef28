using Blaze.Storage.Cli.Commands.Parsing;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Cli.Commands.Files;

/// <summary>Reads the locations of a command line.</summary>
internal static class Locations
{
    /// <exception cref="UsageException">A text can name nothing.</exception>
    public static SourcePattern Parse(string text, string currentDirectory)
    {
        try
        {
            return SourcePattern.Parse(text, currentDirectory);
        }
        catch (ObjectStoreException failure)
        {
            throw new UsageException(failure.Message, failure);
        }
    }
}
