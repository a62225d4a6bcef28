using Blaze.Storage.Core.Functions;

namespace Blaze.Storage.SampleFunctions;

/// <summary>A package of operations as a user writes it.</summary>
public static class SampleOperations
{
    [Operation("plus")]
    public static int Add(int left, int right = 1) => left + right;

    [Operation("plus", Version = 2)]
    public static long AddLong(long left, long right) => left + right;

    [Operation("later")]
    public static async Task<string> LaterAsync(string text)
    {
        await Task.Yield();
        return text + "!";
    }
}

/// <summary>An operation in a class of its own.</summary>
[Operation("count-words")]
public static class CountWords
{
    public static Dictionary<string, int> Run(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).CountBy(word => word).ToDictionary();
}
