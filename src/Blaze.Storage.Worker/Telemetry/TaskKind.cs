namespace Blaze.Storage.Worker.Telemetry;

/// <summary>The kinds of tasks as attributes name them: what a recipe says first of all.</summary>
internal static class TaskKind
{
    public const string Chunk = "chunk";

    public static string Of(ReadOnlySpan<byte> recipe) => recipe switch
    {
        _ when recipe.StartsWith("{\"kind\":\"call\""u8) => "call",
        _ when recipe.StartsWith("{\"kind\":\"chunk\""u8) => Chunk,
        _ when recipe.StartsWith("{\"kind\":\"merge\""u8) => "merge",
        _ when recipe.StartsWith("{\"kind\":\"plan\""u8) => "plan",
        _ when recipe.StartsWith("{\"kind\":\"expand\""u8) => "expand",
        _ => "other",
    };
}
