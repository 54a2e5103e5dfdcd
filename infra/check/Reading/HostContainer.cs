namespace IoMTAD.Infra.Reading;

/// <summary>A container of a manifest in which the Functions host runs, and the settings that it is given.</summary>
/// <param name="Settings">Names as they are written; of what comes from a secret the value is empty.</param>
internal sealed record HostContainer(Deployed Deployed, Workload Workload, Dictionary<string, string> Settings)
{
    private const string Image = "iomtad-functions";

    /// <summary>A container with a command of its own is a step of a deployment, and no host.</summary>
    public static IEnumerable<HostContainer> Of(Manifests manifests) =>
        from deployed in manifests.Deployed
        from workload in Workload.Of(deployed.Documents)
        from container in workload.Containers
        where container.Text("image")?.Contains(Image, StringComparison.Ordinal) == true && container.Find("command") is null
        select new HostContainer(deployed, workload, SettingsOf(deployed, container));

    private static Dictionary<string, string> SettingsOf(Deployed deployed, YamlDotNet.RepresentationModel.YamlNode container)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var map in container.Items("envFrom").Select(e => e.Text("configMapRef", "name"))
            .SelectMany(name => deployed.Of("ConfigMap").Where(m => m.Name == name)))
            foreach (var (name, value) in map.Root.Texts("data")) settings[name] = value;
        foreach (var variable in container.Items("env")) settings[variable.Text("name") ?? ""] = variable.Text("value") ?? "";
        return settings;
    }
}
