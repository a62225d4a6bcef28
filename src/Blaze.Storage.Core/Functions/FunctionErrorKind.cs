namespace Blaze.Storage.Core.Functions;

/// <summary>What a caller can do about a function that could not be shipped, found or called.</summary>
public enum FunctionErrorKind
{
    /// <summary>Something the function needs cannot leave its process; the message names it.</summary>
    NotShippable,

    /// <summary>The worker runs no shipped code.</summary>
    NotAllowed,

    /// <summary>The signature is not one of this cluster's key: the code was changed on its way, or signed with another key.</summary>
    BadSignature,

    /// <summary>Code that the function needs is stored nowhere any more; whoever has it submits it again.</summary>
    MissingCode,

    /// <summary>What was stored is not what its name says; it is to be stored again.</summary>
    DamagedCode,

    /// <summary>The function is not as it is described: no such method, or other arguments than it takes.</summary>
    Unfitting,

    /// <summary>A name that cannot be used, or is used twice.</summary>
    InvalidName,
}
