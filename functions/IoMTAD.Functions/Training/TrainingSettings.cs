using System.Globalization;
using IoMTAD.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Functions.Training;

/// <summary>The section <c>Training</c> of the host's settings.</summary>
/// <param name="Model">Name of the model; <c>ward</c> where nothing is said.</param>
/// <param name="Data">Container and prefix of the dataset; null where nothing is to be trained.</param>
/// <param name="Approval">How long a person may take to approve a promotion; null where none is asked.</param>
/// <param name="FalseAlarmRate">Null for what is usual for the data.</param>
public sealed record TrainingSettings(string Model, string? Data, TimeSpan? Approval, double? FalseAlarmRate)
{
    /// <exception cref="SettingsException">Something cannot be used.</exception>
    public static TrainingSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Training");
        return new(Text(section, "Model") ?? "ward", Text(section, "Data"), Approves(Text(section, "Approval")), Rate(Text(section, "FalseAlarmRate")));
    }

    private static string? Text(IConfigurationSection section, string name) => section[name] is { Length: > 0 } text ? text : null;

    private static TimeSpan? Approves(string? text) => text is null ? null
        : Durations.TryParse(text, out var time) ? time
        : throw new SettingsException("Training:Approval is how long a person may take, for example 48h; leave it out to ask nobody");

    private static double? Rate(string? text) => text is null ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and < 1 ? rate
        : throw new SettingsException("Training:FalseAlarmRate is a share between 0 and 1, for example 0.0002");
}
