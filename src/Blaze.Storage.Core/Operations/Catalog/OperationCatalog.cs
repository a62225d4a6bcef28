using System.Globalization;
using Blaze.Storage.Core.DataShapes;
using Blaze.Storage.Core.Formats;
using Blaze.Storage.Core.Operations.Difference;
using Blaze.Storage.Core.Operations.Entropy;
using Blaze.Storage.Core.Operations.Histogram;
using Blaze.Storage.Core.Operations.Statistics;

namespace Blaze.Storage.Core.Operations.Catalog;

/// <summary>
/// The operations by name, with parameters as text, as jobs, recipes and requests carry them:
/// hist (n), ent (window, bytes), diff (none), stat (dtype, phase).
/// </summary>
public static class OperationCatalog
{
    /// <summary>Creates an operation.</summary>
    /// <param name="name">hist, ent, diff or stat, in any case.</param>
    /// <param name="parameters">Parameters by lower-case name; those left out have their defaults.</param>
    /// <exception cref="BlazeException">The operation or a parameter is unknown, missing or out of range.</exception>
    public static Operation Create(string name, IReadOnlyDictionary<string, string> parameters)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(parameters);
        switch (name.ToUpperInvariant())
        {
            case "HIST":
                Refuse(name, parameters, "n");
                return new HistogramOperation(Integer(name, parameters, "n", 1));
            case "ENT":
                Refuse(name, parameters, "window");
                return new EntropyOperation(Window(name, parameters));
            case "DIFF":
                Refuse(name, parameters);
                return new DifferenceOperation();
            case "STAT":
                Refuse(name, parameters, "dtype", "phase");
                return new StatisticsOperation(Type(name, parameters), Integer(name, parameters, "phase", 0));
            default:
                throw new BlazeException($"There is no operation '{name}': use one of hist, ent, diff, stat.");
        }
    }

    /// <summary>All parameters of an operation, those with their defaults too; what <see cref="Create"/> makes the same operation of.</summary>
    public static IReadOnlyDictionary<string, string> ParametersOf(Operation operation) => operation switch
    {
        HistogramOperation histogram => new Dictionary<string, string> { ["n"] = Text(histogram.N) },
        EntropyOperation entropy => new Dictionary<string, string> { ["window"] = Text(entropy.Window) },
        DifferenceOperation => new Dictionary<string, string>(),
        StatisticsOperation statistics => new Dictionary<string, string>
        {
            ["dtype"] = statistics.Type.ToString(),
            ["phase"] = Text(statistics.Phase),
        },
        _ => throw new ArgumentException($"The catalog does not have {operation.GetType().Name}.", nameof(operation)),
    };

    private static void Refuse(string name, IReadOnlyDictionary<string, string> parameters, params string[] known)
    {
        foreach (var parameter in parameters.Keys)
        {
            if (!known.Contains(parameter, StringComparer.Ordinal))
                throw new BlazeException($"The operation '{name}' has no parameter '{parameter}': it has {(known.Length == 0 ? "none" : string.Join(", ", known))}.");
        }
    }

    private static int Integer(string name, IReadOnlyDictionary<string, string> parameters, string parameter, int ifAbsent)
    {
        if (!parameters.TryGetValue(parameter, out var text))
            return ifAbsent;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new BlazeException($"The parameter {parameter}='{text}' of the operation '{name}' is no whole number.");
    }

    private static long Window(string name, IReadOnlyDictionary<string, string> parameters)
    {
        if (!parameters.TryGetValue("window", out var text))
            return EntropyOperation.DefaultWindow;
        return ByteCount.TryParse(text, out var window, out _)
            ? window
            : throw new BlazeException($"The parameter window='{text}' of the operation '{name}' is no number of bytes: write it as 65536 or 64Ki.");
    }

    private static ElementType Type(string name, IReadOnlyDictionary<string, string> parameters) =>
        parameters.TryGetValue("dtype", out var text)
            ? ElementType.Parse(text)
            : throw new BlazeException($"The operation '{name}' needs a dtype: use one of u1 u2 u4 u8 i1 i2 i4 i8 f4 f8, with '>' in front for big-endian.");

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
