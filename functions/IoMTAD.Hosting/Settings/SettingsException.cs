namespace IoMTAD.Hosting.Settings;

/// <summary>Something that was configured cannot be used. The message names it and says what to write instead; it holds no secret.</summary>
public sealed class SettingsException(string message) : Exception(message);
