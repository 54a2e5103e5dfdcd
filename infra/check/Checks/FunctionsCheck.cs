using IoMTAD.Infra.Reading;

namespace IoMTAD.Infra.Checks;

/// <summary>In a cluster the host's functions are shared out among deployments: one that is forgotten runs in all of them, or in none.</summary>
internal sealed class FunctionsCheck : ICheck
{
    // For the probes it is everywhere; which deployment people get to, a service decides.
    private const string Everywhere = "Http", InClear = "Plain";

    public string Name => "functions";

    public string Purpose => "each function of the host runs in one deployment of a cluster, and no other";

    public void Run(DeploymentTree tree, Report report)
    {
        var host = new HostSettings(tree);
        foreach (var overlay in HostContainer.Of(new Manifests(tree, report)).OrderBy(h => h.Workload.Document.Name, StringComparer.Ordinal)
            .GroupBy(h => h.Deployed.File))
        {
            report.See(overlay.Select(h => h.Workload.Document.Place.File));
            foreach (var function in host.Functions.Where(f => f != Everywhere))
            {
                var hosts = overlay.Where(h => Runs(h, function)).Select(h => h.Workload.Document).ToList();
                if (hosts.Count > 1)
                    report.Add(hosts[0].Place, $"{function} runs in {string.Join(" and in ", hosts.Select(h => h.Name))}",
                        $"set AzureWebJobs.{function}.Disabled to true in all but one");
                else if (hosts.Count == 0 && !IsRunByItsTwin(overlay, host, function))
                    report.Add(overlay.First().Workload.Document.Place, $"{function} runs in no deployment",
                        $"take AzureWebJobs.{function}.Disabled out of one");
            }
        }
    }

    private static bool Runs(HostContainer container, string function) =>
        !container.Settings.Any(s => s.Value == "true" && HostSettings.DisabledBy(s.Key) == function);

    /// <summary>One of the two triggers of traffic is meant to be off: that in clear, or that with TLS.</summary>
    private static bool IsRunByItsTwin(IEnumerable<HostContainer> overlay, HostSettings host, string function)
    {
        var twin = function.EndsWith(InClear, StringComparison.Ordinal) ? function[..^InClear.Length] : function + InClear;
        return host.Functions.Contains(twin) && overlay.Any(h => Runs(h, twin));
    }
}
