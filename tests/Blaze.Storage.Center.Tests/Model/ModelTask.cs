using Blaze.Storage.Core.Tasks;

namespace Blaze.Storage.Center.Tests.Model;

/// <summary>A task of the model.</summary>
internal sealed class ModelTask(string key)
{
    public string Key { get; } = key;

    public TaskState State { get; private set; } = TaskState.Waiting;

    public long Attempt { get; set; }

    public int Losses { get; set; }

    public long Bytes { get; set; }

    public long Tag { get; set; }

    public int Pages { get; set; }

    /// <summary>Its place among the ready ones, as of when it last got one.</summary>
    public double Score { get; set; }

    /// <summary>Distinguishes the lives of a task, so that word for an earlier one is not heard.</summary>
    public object Life { get; set; } = new();

    public bool IsRoot { get; set; }

    public bool IsAccounted { get; set; }

    public string? Alias { get; set; }

    /// <summary>Continued: its value is the alias's.</summary>
    public bool Continued { get; set; }

    public string? FailedWith { get; set; }

    public IReadOnlyList<string> Needs { get; set; } = [];

    public int Missing { get; set; }

    /// <summary>The places it prefers; those that were silent when it became ready are forgotten.</summary>
    public List<string> Places { get; set; } = [];

    /// <summary>Whether it was ready at a place before in this life; its locality wait counts from then.</summary>
    public bool HasWaited { get; set; }

    /// <summary>The places it may run at only.</summary>
    public IReadOnlyList<string> HardPlaces { get; set; } = [];

    public int Priority { get; set; }

    public int Retries { get; set; }

    /// <summary>Waits for a time to be tried again.</summary>
    public bool IsLater { get; set; }

    /// <summary>How many tasks use it.</summary>
    public int Uses { get; set; }

    /// <summary>The sessions that want it only while others use it.</summary>
    public List<string> Loose { get; } = [];

    /// <summary>The call in which it was first used in its time in the table.</summary>
    public int UsedSince { get; private set; } = int.MaxValue;

    /// <summary>The calls from which on it counts as a use of its needs, and of its alias; 0 where it does not.</summary>
    public int Holds { get; set; }

    public int HoldsAlias { get; set; }

    /// <summary>Its value in the protocol's form.</summary>
    public string? Result { get; set; }

    public bool HasRecipe { get; set; } = true;

    public bool IsLocated => Result?.StartsWith('w') == true;

    public List<string> Jobs { get; } = [];

    /// <summary>Who waits for it, each with the life it had when it began to.</summary>
    public List<(ModelTask Task, object Life)> Dependants { get; } = [];

    /// <summary>One use more.</summary>
    public void Use(int call)
    {
        Uses++;
        UsedSince = Math.Min(UsedSince, call);
    }

    /// <summary>Takes the way the table allows; anything else is a mistake of the model.</summary>
    public void Apply(TaskEvent happening) => State = TaskTransitions.Next(State, happening)
        ?? throw new InvalidOperationException($"{Key} is {State}; {happening} is refused.");
}
