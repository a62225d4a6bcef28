using Blaze.Storage.Api.Problems;
using Microsoft.AspNetCore.Http;

namespace Blaze.Storage.Api.Access;

/// <summary>Why somebody is not let in.</summary>
internal static class AccessProblems
{
    public static readonly ProblemKind NoKey = new("key-required", StatusCodes.Status401Unauthorized, "The request has no API key that is known here.", "Send a valid key as `Authorization: Bearer KEY`.");
    public static readonly ProblemKind ScopeMissing = new("scope-missing", StatusCodes.Status403Forbidden, "The API key is not good for this.", "Ask whoever runs this server for a key with the scope named in `detail`.");
    public static readonly ProblemKind SourceNotAllowed = new("source-not-allowed", StatusCodes.Status403Forbidden, "The source is not open to this caller.", "Name another source, or ask whoever runs this server to open it.");
    public static readonly ProblemKind LimitedKey = new("key-limited", StatusCodes.Status403Forbidden, "The API key may read some sources only, and what this operation reads is not known.", "Use a key without limits of sources.");
    public static readonly ProblemKind ValueOfAnother = new("value-of-another", StatusCodes.Status403Forbidden, "The value is another's.", "Use another name, or ask whoever put the value, or somebody with the scope admin.");
    public static readonly ProblemKind ForeignHost = new("foreign-host", StatusCodes.Status421MisdirectedRequest, "The request is for another host.", "Use the address that the server said when it started.");
    public static readonly ProblemKind ForeignOrigin = new("foreign-origin", StatusCodes.Status403Forbidden, "The request comes from the page of another site.", "Make the request from a program, or from a page of this server.");
}
