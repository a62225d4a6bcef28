using System.Text.Json;
using System.Text.Json.Serialization;

namespace Blaze.Storage.Core.Workers;

/// <summary>What a worker says of itself with each heartbeat.</summary>
/// <param name="Host">The host it runs on, as it calls it: the place its own tasks prefer.</param>
/// <param name="Pid">Its process id there.</param>
/// <param name="Slots">How many tasks it runs at once.</param>
/// <param name="Running">How many run now.</param>
/// <param name="Held">How many it holds, waiting ones included.</param>
/// <param name="HostNames">Other names and addresses of the host, by which stores may know it; null for none.</param>
/// <param name="Operations">The named operations it offers, with <c>@2</c> for a version other than the first; null for none.</param>
public sealed record WorkerDescription(
    string Host, int Pid, int Slots, int Running, int Held, IReadOnlyList<string>? HostNames = null,
    IReadOnlyList<string>? Operations = null)
{
    /// <summary>Where it listens for requests for its values, such as <c>http://10.0.0.7:40123</c>; null while it does not.</summary>
    public string? Peers { get; init; }

    /// <summary>How many processors it has.</summary>
    public int Cores { get; init; }

    /// <summary>The bytes of memory its values take.</summary>
    public long Memory { get; init; }

    /// <summary>How many bytes of memory its values may take; 0 for a worker that keeps none for others.</summary>
    public long MemoryLimit { get; init; }

    /// <summary>How many values it holds.</summary>
    public int Values { get; init; }

    /// <summary>The bytes of its values that lie on its disk.</summary>
    public long Spilled { get; init; }

    /// <summary>How many of its functions go on though their calls are over, past their time limit or cancelled: each takes a thread that it does not get back.</summary>
    public int Stuck { get; init; }

    /// <summary>How much of which resource it has for calls, by name; null for nothing.</summary>
    public IReadOnlyDictionary<string, long>? Resources { get; init; }

    /// <summary>How much of these no call takes now; what is used up is left out. Null for nothing.</summary>
    public IReadOnlyDictionary<string, long>? Free { get; init; }

    /// <summary><see cref="Peers"/> as an address; null where there is none, or something that is none.</summary>
    [JsonIgnore]
    public Uri? PeerAddress => Uri.TryCreate(Peers, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp ? address : null;

    /// <summary>The JSON form, part of the center's protocol.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, WorkerJson.Default.WorkerDescription);

    /// <summary>Reads what a worker wrote; what an unknown kind of worker left out is zero.</summary>
    public static WorkerDescription Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, WorkerJson.Default.WorkerDescription) ?? new WorkerDescription("", 0, 0, 0, 0);
        }
        catch (JsonException)
        {
            return new WorkerDescription("", 0, 0, 0, 0);
        }
    }
}

/// <summary>The JSON form of what workers say of themselves.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WorkerDescription))]
internal sealed partial class WorkerJson : JsonSerializerContext;
