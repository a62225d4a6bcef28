namespace Blaze.Storage.Api.Problems;

/// <summary>Ends a request with a problem.</summary>
internal sealed class ProblemException(ProblemKind kind, string detail, string? field = null) : Exception(detail)
{
    public ProblemKind Kind => kind;

    /// <summary>The field, parameter or header at fault; null where there is none.</summary>
    public string? Field { get; } = field;
}
