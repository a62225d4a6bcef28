using System.CommandLine;
using Blaze.Storage.Api.Access;

namespace Blaze.Storage.Cli.Commands.Clusters;

/// <summary>The options of <c>blaze api</c> about who may use it. Paths alone: what is secret lies in the files.</summary>
internal sealed class ApiAccess
{
    private readonly Option<string?> _keys = new("--keys") { Description = "The file of API keys (`blaze key new`), or a folder of such files; without it whoever is on this machine may do everything, and nobody else gets in.", HelpName = "PATH" };
    private readonly Option<string[]> _files = new("--files") { Description = "A folder, on the workers' machines, in which local files may lie that jobs read, links resolved; may be given several times. Default: none.", HelpName = "FOLDER" };
    private readonly Option<string?> _certificate = new("--certificate") { Description = "The certificate of an https:// address, with its issuers', as a PEM file.", HelpName = "FILE" };
    private readonly Option<string?> _key = new("--certificate-key") { Description = "The certificate's key as a PEM file. Default: the certificate's file.", HelpName = "FILE" };

    private ApiAccess()
    {
    }

    public static ApiAccess AddTo(Command command)
    {
        var options = new ApiAccess();
        command.Options.Add(options._keys);
        command.Options.Add(options._files);
        command.Options.Add(options._certificate);
        command.Options.Add(options._key);
        return options;
    }

    /// <summary>What a command line chose.</summary>
    public AccessOptions Read(ParseResult parsed) => new()
    {
        Keys = parsed.GetValue(_keys),
        Folders = [.. (parsed.GetValue(_files) ?? []).Select(Path.GetFullPath)],
        Certificate = parsed.GetValue(_certificate),
        CertificateKey = parsed.GetValue(_key),
    };
}
