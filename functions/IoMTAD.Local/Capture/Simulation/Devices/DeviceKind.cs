namespace IoMTAD.Local.Capture.Simulation.Devices;

/// <summary>Device classes as the inventory names them.</summary>
internal static class DeviceKind
{
    public const string BedsideMonitor = "bedside-monitor";
    public const string InfusionPump = "infusion-pump";
    public const string Ventilator = "ventilator";
    public const string PulseOximeter = "pulse-oximeter";
    public const string GlucoseMeter = "glucose-meter";
    public const string EcgWearable = "ecg-wearable";
    public const string ImagingModality = "imaging-modality";
    public const string Hl7Gateway = "hl7-gateway";
}
