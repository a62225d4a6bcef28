using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Blaze.Storage.Core.Formats;

namespace Blaze.Storage.Core.Resources;

/// <summary>Resources as users write them: <c>gpu=2,memory=8Gi</c>; memory as a <see cref="ByteCount"/>, any other amount as a whole number, which may be 0.</summary>
public static class ResourceText
{
    private static readonly string[] Units = ["Ti", "Gi", "Mi", "Ki"];

    /// <summary>Reads them.</summary>
    /// <param name="text">What the user wrote; nothing stands for none.</param>
    /// <param name="amounts">The amounts.</param>
    /// <param name="problem">Why not, as a part of a sentence.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ResourceAmounts? amounts, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        (amounts, problem) = (null, null);
        var items = new List<KeyValuePair<string, long>>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!TryParseOne(part, out var item, out problem))
                return false;
            if (item.Value > 0)
                items.Add(item);
        }

        try
        {
            amounts = ResourceAmounts.Of(items);
            return true;
        }
        catch (BlazeException twice)
        {
            problem = twice.Message.TrimEnd('.');
            return false;
        }
    }

    /// <summary>One resource as it is written; memory in the largest unit that is exact.</summary>
    public static string Of(string name, long amount)
    {
        for (var unit = 0; unit < Units.Length && name == ResourceAmounts.Memory; unit++)
        {
            var shift = 10 * (Units.Length - unit);
            if (amount >> shift << shift == amount && amount > 0)
                return string.Create(CultureInfo.InvariantCulture, $"{name}={amount >> shift}{Units[unit]}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{name}={amount}");
    }

    private static bool TryParseOne(string part, out KeyValuePair<string, long> item, [NotNullWhen(false)] out string? problem)
    {
        item = default;
        if (part.Split('=') is not [var name, var number])
        {
            problem = $"'{part}' says no amount; write for example gpu=1 or memory=4Gi";
            return false;
        }

        long amount;
        if (name == ResourceAmounts.Memory)
        {
            if (!ByteCount.TryParse(number, out amount, out problem))
            {
                problem = $"'{number}' {problem}";
                return false;
            }
        }
        else if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out amount))
        {
            problem = $"'{number}' is no whole number";
            return false;
        }

        item = new(name, amount);
        // None of it: that can be said too.
        problem = ResourceAmounts.Problem(name, Math.Max(amount, 1));
        return problem is null;
    }
}
