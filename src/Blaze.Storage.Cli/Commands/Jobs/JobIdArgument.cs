using System.CommandLine;

namespace Blaze.Storage.Cli.Commands.Jobs;

/// <summary>The argument that names a job.</summary>
internal static class JobIdArgument
{
    private const int MostCharacters = 128;

    /// <summary>A new argument, which refuses what can be no job's id.</summary>
    public static Argument<string> Create()
    {
        var id = new Argument<string>("ID") { Description = "The job's id, as `blaze jobs` lists it." };
        id.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>() ?? "";
            if (text.Length is 0 or > MostCharacters || text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character)))
                result.AddError($"An id of a job has 1 to {MostCharacters} characters and no white space; `blaze jobs` lists those there are.");
        });
        return id;
    }
}
