namespace IoMTAD.Api.Security;

/// <summary>What an account may do; each role includes those before it.</summary>
public enum Role
{
    /// <summary>Looks.</summary>
    Viewer,

    /// <summary>Acts on incidents, mutes devices, resends and tests notifications.</summary>
    Responder,

    /// <summary>Queries and exports the record, opens evidence, says what is harmless.</summary>
    Analyst,

    /// <summary>Everything.</summary>
    Admin,
}
