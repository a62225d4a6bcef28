namespace Blaze.Storage.Adapters.Resilience.Tests.Randomly;

public enum CallKind
{
    Stat,
    Get,
    List,
    Put,
    Create,
    Update,
    Upload,
    UploadCreate,
    UploadUpdate,
    Delete,
    Copy,
}
