using System.Globalization;
using System.Text.Json.Nodes;
using Blaze.Storage.Api;
using Blaze.Storage.Worker;

namespace Blaze.Storage.Cli.Tests.Deployment;

/// <summary>The manifests agree with each other and with the program.</summary>
public sealed class KubernetesTests
{
    [Fact]
    public void Names_OfAKind_AreUnique()
    {
        var names = Manifests.Kubernetes.Select(each => $"{each.Text("kind")}/{each.Text("metadata", "name")}").ToList();
        Assert.Contains("Deployment/blaze-worker", names);
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Containers_OfAllPods_MayDoNothingTheyNeedNot() => Assert.All(Manifests.Workloads, workload =>
    {
        var pod = PodOf(workload);
        Assert.Equal("true", pod.Text("securityContext", "runAsNonRoot"));
        Assert.Equal("RuntimeDefault", pod.Text("securityContext", "seccompProfile", "type"));
        Assert.Equal("false", pod.Text("automountServiceAccountToken"));
        Assert.All(pod.Each("containers"), container =>
        {
            var context = container.At("securityContext");
            Assert.Equal(("false", "true", "ALL"), (context.Text("allowPrivilegeEscalation"), context.Text("readOnlyRootFilesystem"), context.Each("capabilities", "drop").Single().ToString()));
            Assert.NotNull(container.At("resources", "requests", "cpu"));
            Assert.NotNull(container.At("resources", "limits", "memory"));
            Assert.NotNull(container.At("livenessProbe"));
            Assert.NotNull(container.At("readinessProbe"));
        });
    });

    [Fact]
    public void Selectors_OfAll_FindPods()
    {
        var pods = Manifests.Workloads.Select(LabelsOf).ToList();
        Assert.All(Manifests.Workloads, workload => Assert.True(Selects(workload.At("spec", "selector", "matchLabels"), LabelsOf(workload))));
        Assert.All(Manifests.OfKind("PodDisruptionBudget").Select(each => each.At("spec", "selector", "matchLabels")), selector => Assert.Contains(pods, pod => Selects(selector, pod)));
        Assert.All(Manifests.OfKind("Service").Select(each => each.At("spec", "selector")), selector => Assert.Contains(pods, pod => Selects(selector, pod)));
        Assert.All(Manifests.OfKind("NetworkPolicy").Select(each => each.At("spec", "podSelector", "matchLabels")).Where(selector => selector is not null), selector => Assert.Contains(pods, pod => Selects(selector, pod)));
    }

    [Fact]
    public void Ports_OfServicesProbesAndPolicies_AreThoseOfTheContainers()
    {
        Assert.All(Manifests.OfKind("Service"), service =>
        {
            var ports = PortsOf(Manifests.Workloads.Single(workload => Selects(service.At("spec", "selector"), LabelsOf(workload))));
            Assert.All(service.Each("spec", "ports"), port => Assert.Equal(port.Text("port"), ports[port.Text("targetPort")!]));
        });
        foreach (var workload in Manifests.Workloads)
        {
            var ports = PortsOf(workload);
            var probed = PodOf(workload).Each("containers")
                .SelectMany(container => new[] { "startupProbe", "livenessProbe", "readinessProbe" }.Select(probe => container.At(probe)))
                .Select(probe => probe.Text("httpGet", "port") ?? probe.Text("tcpSocket", "port")).OfType<string>();
            Assert.All(probed, port => Assert.Contains(port, ports.Keys));
            var policy = Manifests.OfKind("NetworkPolicy").Single(each => Selects(each.At("spec", "podSelector", "matchLabels"), LabelsOf(workload)));
            Assert.Equal(ports.Values, policy.Each("spec", "ingress").SelectMany(rule => rule.Each("ports")).Select(port => port.Text("port")));
        }
    }

    [Fact]
    public void Targets_OfAutoscalers_AreTheWorkers()
    {
        var targets = Manifests.OfKind("HorizontalPodAutoscaler", "ScaledObject").Select(each => each.Text("spec", "scaleTargetRef", "name")).ToList();
        Assert.Equal(2, targets.Count);
        Assert.All(targets, target => Assert.Contains(Manifests.Workloads, workload => workload.Text("metadata", "name") == target));
    }

    [Fact]
    public void Replicas_OfWhatIsScaled_AreLeftToTheScaler() => Assert.All(["hpa", "keda"], component =>
    {
        var patch = Manifests.Read($"infra/k8s/components/{component}/kustomization.yaml").Single().Each("patches").Single();
        Assert.Equal("blaze-worker", patch.Text("target", "name"));
        Assert.Contains("path: /spec/replicas", patch.Text("patch"), StringComparison.Ordinal);
    });

    // An age is to be held whatever the number of workers; what they hold is shared among them.
    [Fact]
    public void Triggers_OfTheScaler_AreNumbersThatTheEndpointHas()
    {
        var triggers = Manifests.OfKind("ScaledObject").SelectMany(each => each.Each("spec", "triggers")).ToList();
        Assert.Equal(
            [("queue.oldestSeconds", "Value"), ("queue.running", "AverageValue")],
            triggers.Select(trigger => (trigger.Text("metadata", "valueLocation")!, trigger.Text("metricType")!)));
        Assert.All(triggers, trigger =>
        {
            var type = typeof(ApiOptions).Assembly.GetType("Blaze.Storage.Api.Cluster.ClusterBody", throwOnError: true)!;
            foreach (var name in trigger.Text("metadata", "valueLocation")!.Split('.'))
                type = type.GetProperties().Single(property => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name) == name).PropertyType;
            Assert.True(type == typeof(long) || type == typeof(double));
        });
    }

    [Fact]
    public void Policies_OfTheNetwork_LeaveNamesAndOtherPodsInReach()
    {
        var policies = Manifests.OfKind("NetworkPolicy").ToDictionary(each => each.Text("metadata", "name")!);
        var names = policies["names"].Each("spec", "egress").Single();
        Assert.All(names.Each("ports"), port => Assert.Equal("53", port.Text("port")));
        Assert.Equal(["169.254.20.10/32", "169.254.169.254/32"], names.Each("to").Select(to => to.Text("ipBlock", "cidr")).OfType<string>());
        var worker = policies["blaze-worker"].Each("spec", "egress").Single().Each("to").ToList();
        Assert.Contains(worker, to => to.At("namespaceSelector") is JsonObject { Count: 0 });
        Assert.All(worker.Where(to => to.At("ipBlock") is not null), to => Assert.NotEmpty(to.Each("ipBlock", "except")));
        Assert.Contains("169.254.0.0/16", worker.SelectMany(to => to.Each("ipBlock", "except")).Select(block => block.ToString()));
    }

    [Fact]
    public void Secrets_ThatPodsMount_AreThoseTheTrialMakes()
    {
        var trial = Manifests.Read("infra/k8s/overlays/trial/kustomization.yaml").Single();
        var made = trial.Each("secretGenerator").ToDictionary(
            secret => secret.Text("name")!, secret => secret.Each("files").Select(file => file.ToString().Split('=')[0]).ToList());
        var mounted = Manifests.Workloads.SelectMany(workload => PodOf(workload).Each("volumes")).Select(volume => volume.Text("secret", "secretName")).OfType<string>().Distinct();
        Assert.Equal(made.Keys.Order(), mounted.Order());
        Assert.Equal(["address", "cluster-key", "redis.conf"], made["blaze-center"]);
    }

    [Fact]
    public void Endpoint_OfTheManifests_IsTheProgramsOwn()
    {
        var port = ApiOptions.DefaultPort.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(port, PortsOf(Workload("blaze-api"))["http"]);
        Assert.All(
            Manifests.OfKind("ScaledObject").SelectMany(each => each.Each("spec", "triggers")),
            trigger => Assert.Equal($"http://blaze-api.blaze.svc:{port}/v1/cluster", trigger.Text("metadata", "url")));
        Assert.Equal(["/healthz", "/healthz", "/readyz"], PodOf(Workload("blaze-api")).Each("containers").SelectMany(container =>
            new[] { "startupProbe", "livenessProbe", "readinessProbe" }.Select(probe => container.Text(probe, "httpGet", "path"))));
    }

    [Fact]
    public void GracePeriod_OfWorkers_CoversTheirDrain()
    {
        var pod = PodOf(Workload("blaze-worker"));
        var before = pod.Each("containers").Single().At("lifecycle", "preStop", "sleep", "seconds")!.GetValue<long>();
        var grace = pod.At("terminationGracePeriodSeconds")!.GetValue<long>();
        Assert.True(grace >= before + new WorkerOptions().DrainPeriod.TotalSeconds + 10, "What runs must have the time to end, and its results to be stored.");
    }

    private static JsonObject Workload(string name) => Manifests.Workloads.Single(workload => workload.Text("metadata", "name") == name);

    private static JsonNode PodOf(JsonObject workload) => workload.At("spec", "template", "spec")!;

    private static JsonNode? LabelsOf(JsonObject workload) => workload.At("spec", "template", "metadata", "labels");

    private static Dictionary<string, string> PortsOf(JsonObject workload) => PodOf(workload).Each("containers")
        .SelectMany(container => container.Each("ports")).ToDictionary(port => port.Text("name")!, port => port.Text("containerPort")!);

    private static bool Selects(JsonNode? selector, JsonNode? labels) => selector is JsonObject wanted && wanted.All(label => labels.Text(label.Key) == label.Value!.ToString());
}
