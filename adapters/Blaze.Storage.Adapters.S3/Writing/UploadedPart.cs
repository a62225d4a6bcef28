namespace Blaze.Storage.Adapters.S3.Writing;

/// <summary>A part the service has.</summary>
internal readonly record struct UploadedPart(string ETag, long Length);
