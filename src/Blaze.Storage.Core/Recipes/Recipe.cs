using System.Text.Json;
using System.Text.Json.Serialization;
using Blaze.Storage.Core.Jobs;

namespace Blaze.Storage.Core.Recipes;

/// <summary>How a task computes its key's value. The center keeps it as opaque bytes; workers of any language read it as JSON.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PlanRecipe), "plan")]
[JsonDerivedType(typeof(ExpandRecipe), "expand")]
[JsonDerivedType(typeof(ChunkRecipe), "chunk")]
[JsonDerivedType(typeof(MergeRecipe), "merge")]
public abstract record Recipe
{
    /// <summary>The recipe as it is given to the center.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, RecipeJson.Default.Recipe);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="BlazeException">The bytes are no recipe this version knows.</exception>
    public static Recipe FromBytes(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RecipeJson.Default.Recipe) ?? throw new JsonException("The recipe is null.");
        }
        catch (Exception problem) when (problem is JsonException or NotSupportedException)
        {
            throw new BlazeException("A task's recipe is not one this worker understands; it may come from a newer version: upgrade the worker.", problem);
        }
    }
}

/// <summary>Finds a job's sources and expands it into its first tasks.</summary>
/// <param name="Job">What was asked.</param>
public sealed record PlanRecipe(JobSpec Job) : Recipe;

/// <summary>Expands a part of a large job once it is its turn; the value is the merge of the extents' values in order.</summary>
/// <param name="Extents">What is to be computed.</param>
/// <param name="Root">The key of the merge of several extents; one extent's value has its own name.</param>
/// <param name="Level">The level of the blocks that one task computes.</param>
/// <param name="Durable">Whether the durable cache is used.</param>
public sealed record ExpandRecipe(IReadOnlyList<ExtentRecipe> Extents, string? Root, int Level, bool Durable) : Recipe;

/// <summary>Reads a chunk and computes its value; a block is stored with a row for each of its children.</summary>
/// <param name="Extent">The chunk.</param>
/// <param name="Stored">Whether the value is a cache entry that later questions may find, not only a part of this one.</param>
/// <param name="Durable">Whether the durable cache is used.</param>
public sealed record ChunkRecipe(ExtentRecipe Extent, bool Stored, bool Durable) : Recipe;

/// <summary>Merges values, in order.</summary>
/// <param name="Extents">The resources the parts speak of, so that a part that got lost can be computed again.</param>
/// <param name="Parts">What is merged.</param>
/// <param name="AsRows">Whether the parts are a block's children, kept as rows; otherwise the value has one row, their merge.</param>
/// <param name="Stored">Whether the value is a cache entry that later questions may find.</param>
/// <param name="Durable">Whether the durable cache is used.</param>
public sealed record MergeRecipe(
    IReadOnlyList<ExtentRecipe> Extents,
    IReadOnlyList<MergePart> Parts,
    bool AsRows,
    bool Stored,
    bool Durable) : Recipe;

/// <summary>The JSON form of recipes, part of the center's protocol: camel case, nulls left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Recipe))]
internal sealed partial class RecipeJson : JsonSerializerContext;
