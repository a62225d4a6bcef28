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

    public List<string> Jobs { get; } = [];

    /// <summary>Who waits for it, each with the life it had when it began to.</summary>
    public List<(ModelTask Task, object Life)> Dependants { get; } = [];

    /// <summary>Takes the way the table allows; anything else is a mistake of the model.</summary>
    public void Apply(TaskEvent happening) => State = TaskTransitions.Next(State, happening)
        ?? throw new InvalidOperationException($"{Key} is {State}; {happening} is refused.");
}
