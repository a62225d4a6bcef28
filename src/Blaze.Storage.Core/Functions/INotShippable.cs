namespace Blaze.Storage.Core.Functions;

/// <summary>
/// Marks a type whose objects belong to the process they are in, such as connections and futures. A function that captures one
/// is refused before anything is sent; it is to be passed as an argument, or left out.
/// </summary>
#pragma warning disable CA1040 // A marker: types of other libraries carry it, and an attribute would not be seen through a field of an interface type.
public interface INotShippable;
#pragma warning restore CA1040
