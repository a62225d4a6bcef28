using Blaze.Storage.Cli.Commands.Clusters;
using Blaze.Storage.Cli.Output;
using Blaze.Storage.Core.ObjectStores;
using Blaze.Storage.Core.ObjectStores.Sources;

namespace Blaze.Storage.Cli.Commands;

/// <summary>Finds the resources a source names, as far as this machine can see them.</summary>
internal delegate IAsyncEnumerable<ResourceInfo> ExpandSource(SourcePattern source, CancellationToken cancellationToken);

/// <summary>What the commands need of the world.</summary>
/// <param name="Open">Opens a cluster.</param>
/// <param name="Expand">Finds the resources of a source.</param>
/// <param name="Terminal">Where results and progress go.</param>
/// <param name="Time">The clock of progress.</param>
/// <param name="CurrentDirectory">What relative paths start from, absolute.</param>
/// <param name="Stores">What reads and writes files; wrong settings of a store show with the first use.</param>
/// <param name="CopiesFolder">Where copies that can be resumed are remembered.</param>
internal sealed record CommandServices(
    OpenCluster Open, ExpandSource Expand, Terminal Terminal, TimeProvider Time, string CurrentDirectory, Lazy<ObjectStoreRegistry> Stores, string CopiesFolder);
