using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.Client.Functions;

/// <summary>
/// Gives functions names for their keys. Equal functions get equal names, so a name says what the method is called; the text at the
/// call only counts where it is the lambda itself, which is written in one place.
/// </summary>
internal static partial class FunctionNaming
{
    private const string Nameless = "lambda";

    /// <summary>The name: lower-case letters, digits and <c>-</c>, with a letter first.</summary>
    /// <param name="method">The method.</param>
    /// <param name="expression">The argument's text at the call, or null.</param>
    public static string Of(MethodInfo method, string? expression)
    {
        var name = method.Name;
        if (!name.StartsWith('<'))
            return Slug(name);
        if (LocalFunction().Match(name) is { Success: true } local)
            return Slug(local.Groups["name"].Value);
        if (expression is not null && CalledFirst().Match(expression) is { Success: true } call)
            return Slug(call.Groups["name"].Value);
        return Slug(Enclosing().Match(name).Groups["name"].Value);
    }

    /// <summary>Turns <c>WordCount</c> into <c>word-count</c>.</summary>
    private static string Slug(string name)
    {
        var slug = new StringBuilder();
        var previous = '-';
        foreach (var each in name)
        {
            var isWordStart = char.IsAsciiLetterUpper(each) && (char.IsAsciiLetterLower(previous) || char.IsAsciiDigit(previous));
            if ((isWordStart || !char.IsAsciiLetterOrDigit(each)) && slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
            if (char.IsAsciiLetterOrDigit(each) && (slug.Length > 0 || char.IsAsciiLetter(each)))
                slug.Append(char.ToLowerInvariant(each));
            previous = each;
        }
        var text = slug.ToString(0, Math.Min(slug.Length, OperationName.MaxLength)).Trim('-');
        return text.Length == 0 ? Nameless : text;
    }

    [GeneratedRegex(@"g__(?<name>[^|]+)\|")]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"^<+(?<name>[^>]*)>")]
    private static partial Regex Enclosing();

    /// <summary><c>v => Some.Method(…)</c> and <c>v => v.Method(…)</c>.</summary>
    [GeneratedRegex(@"=>\s*(?:await\s+)?(?:new\s+)?(?:[\w@]+\s*\.\s*)*(?<name>[A-Za-z_]\w*)\s*(?:<[^()]*>)?\s*\(", RegexOptions.ExplicitCapture)]
    private static partial Regex CalledFirst();
}
