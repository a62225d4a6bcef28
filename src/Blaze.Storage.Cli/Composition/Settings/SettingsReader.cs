using System.Diagnostics.CodeAnalysis;
using System.Net;
using Blaze.Storage.Core;

namespace Blaze.Storage.Cli.Composition.Settings;

/// <summary>Reads single settings, the environment's before the options file's, and gathers a sentence for each mistake.</summary>
/// <param name="variable">The environment.</param>
internal sealed class SettingsReader(Func<string, string?> variable)
{
    private readonly List<string> _problems = [];

    /// <summary>The first of the variables that is set, else what the file says.</summary>
    public string? Text(string? fromFile, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (variable(name) is { Length: > 0 } value)
                return value;
        }

        return string.IsNullOrEmpty(fromFile) ? null : fromFile;
    }

    /// <summary>An absolute http or https URL.</summary>
    public Uri? Url(string what, string? text)
    {
        if (text is null)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0)
            return uri;
        // A URL may carry a password, which no message repeats.
        Mistake($"{what} is not the URL of a server; it looks like http://host:port or https://host, without user and password.");
        return null;
    }

    /// <summary>A yes or no.</summary>
    public bool Flag(string name, bool? fromFile)
    {
        switch (variable(name)?.ToLowerInvariant())
        {
            case null or "":
                return fromFile ?? false;
            case "true" or "1" or "yes":
                return true;
            case "false" or "0" or "no":
                return false;
            default:
                Mistake($"{name} is '{variable(name)}'; it is either true or false.");
                return false;
        }
    }

    /// <summary>An IP address.</summary>
    public IPAddress? Address(string what, string? text)
    {
        if (text is null)
            return null;
        if (IPAddress.TryParse(text, out var address))
            return address;
        Mistake($"{what} is '{text}', which is no IP address.");
        return null;
    }

    /// <summary>The path of a file that is there.</summary>
    public string? ExistingFile(string what, string? path)
    {
        if (path is not null && !File.Exists(path))
            Mistake($"{what} names '{path}', and there is no such file.");
        return path;
    }

    /// <summary>The one line of a file that holds a secret.</summary>
    public string? Secret(string what, string? path)
    {
        if (ExistingFile(what, path) is null || !File.Exists(path))
            return null;
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Mistake($"{what} names '{path}', which cannot be read: {problem.Message.TrimEnd('.')}.");
            return null;
        }
    }

    /// <summary>Notes a mistake.</summary>
    public void Mistake(string sentence) => _problems.Add(sentence);

    /// <summary>Runs a check of somebody else's and notes what it finds.</summary>
    public T? Checked<T>(Func<T> check)
        where T : class
    {
        try
        {
            return check();
        }
        catch (BlazeException problem)
        {
            Mistake(problem.Message);
            return null;
        }
    }

    /// <summary>Ends the reading.</summary>
    /// <exception cref="BlazeException">There were mistakes; the message has a sentence for each.</exception>
    [SuppressMessage("Usage", "CA2201", Justification = "The message is for the user as it is.")]
    public void ThrowIfMistaken()
    {
        if (_problems.Count > 0)
            throw new BlazeException(string.Join(' ', _problems));
    }
}
