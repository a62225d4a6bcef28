using Blaze.Storage.Core.Resources;
using Blaze.Storage.Core.Workers;

namespace Blaze.Storage.Core.Calls;

/// <summary>
/// What a call takes of its worker's resources, and what it calls: together a place that it may run at only. A worker answers to it while it has so much and
/// can run the function.
/// </summary>
/// <param name="Resources">What it takes; not nothing.</param>
/// <param name="Function">The place of workers that can run what is called (<see cref="CallFunction.Places"/>); null where all can.</param>
public sealed record CallDemand(ResourceAmounts Resources, string? Function)
{
    private const string Prefix = "need:";

    /// <summary>The place: <c>need:gpu=1;memory=4294967296/op:train</c>. Equal demands have equal places.</summary>
    public string Place => Function is null ? Prefix + Resources.Word : $"{Prefix}{Resources.Word}/{Function}";

    /// <summary>The demand a place stands for; null where it stands for none.</summary>
    public static CallDemand? OfPlace(string place)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (!place.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var end = place.IndexOf('/', StringComparison.Ordinal);
        var word = end < 0 ? place[Prefix.Length..] : place[Prefix.Length..end];
        return ResourceAmounts.OfWord(word) is { } resources ? new CallDemand(resources, end < 0 ? null : place[(end + 1)..]) : null;
    }

    /// <summary>The demand of a call by its recipe, for which the first bytes are looked at; null where it takes nothing, or is no call.</summary>
    /// <exception cref="BlazeException">What it says of resources cannot be read.</exception>
    public static CallDemand? OfRecipe(ReadOnlyMemory<byte> recipe)
    {
        if (!CallResources.AreIn(recipe.Span))
            return null;
        var call = CallRecipe.Parse(recipe);
        var place = call.Operation is { } operation ? CallFunction.PlaceOf(operation) : CallFunction.CodePlace;
        return call.Policy.Resources.IsNone ? null : new CallDemand(call.Policy.Resources, place);
    }

    /// <summary>The places a call may run at only: at workers that can run its function, have the resources it takes, and are among those the caller names.</summary>
    /// <param name="function">What it calls.</param>
    /// <param name="resources">What it takes.</param>
    /// <param name="only">Where else the caller allows it, one of which it must be; empty for anywhere.</param>
    /// <exception cref="BlazeException">The resources are too many to be told.</exception>
    public static IReadOnlyList<string> HardPlaces(CallFunction function, ResourceAmounts resources, IReadOnlyList<string> only)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(resources);
        ArgumentNullException.ThrowIfNull(only);
        if (resources.IsNone)
        {
            if (function.Places.Count == 0)
                return only;
            return only.Count == 0 ? function.Places : [.. only.Select(place => $"{place}+{function.Places[0]}")];
        }

        // The demand comes first, so that tasks that wait for resources are in nobody's way.
        var demand = new CallDemand(resources, function.Places.Count == 0 ? null : function.Places[0]).Place;
        if (!Workers.Place.IsValid(demand))
            throw new BlazeException($"A call takes too many resources to be told: '{demand}' is longer than a place may be; name fewer, or shorter.");
        return only.Count == 0 ? [demand] : [.. only.Select(place => $"{demand}+{place}")];
    }
}
