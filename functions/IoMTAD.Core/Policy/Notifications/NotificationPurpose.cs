namespace IoMTAD.Policy.Notifications;

public enum NotificationPurpose
{
    /// <summary>An incident has opened, or has become severe enough for this channel.</summary>
    Incident,

    /// <summary>Nobody has acknowledged the incident in time.</summary>
    Escalation,

    /// <summary>Another channel did not get its message out.</summary>
    Fallback,

    /// <summary>The incident is closed.</summary>
    Recovery,

    /// <summary>The watch is alive: whoever misses it knows that silence is no calm.</summary>
    Heartbeat,

    Test,

    /// <summary>Several notifications in one message.</summary>
    Digest,
}
