namespace Blaze.Storage.Center;

/// <summary>What went wrong between this process and the center, as far as a caller can act on it.</summary>
public enum CenterErrorKind
{
    /// <summary>The center cannot be reached or did not answer in time; the same call may be made again.</summary>
    Unavailable,

    /// <summary>The center refused the password, or wants one and got none.</summary>
    Unauthenticated,

    /// <summary>The center's namespace was written by another version of the protocol.</summary>
    ProtocolMismatch,

    /// <summary>The server cannot serve as a center, for example because it runs no Lua scripts.</summary>
    Unsupported,

    /// <summary>An address, a key or an argument is malformed.</summary>
    Invalid,

    /// <summary>The center holds something that cannot be read; the message names it.</summary>
    Corrupt,

    /// <summary>The center answered with an error of its own, for example because its memory is full.</summary>
    Server,

    /// <summary>The session was closed, or not renewed in time.</summary>
    SessionEnded,
}
