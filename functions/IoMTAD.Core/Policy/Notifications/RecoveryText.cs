using System.Text;
using IoMTAD.Capture;
using IoMTAD.Policy.Incidents;

namespace IoMTAD.Policy.Notifications;

/// <summary>What those are told who were told of an incident, once it is over.</summary>
public static class RecoveryText
{
    public static string Of(InventoryDevice device, IncidentClosed closed)
    {
        var text = new StringBuilder(Explanation.Name(device));
        text.Append(closed.Reason.Length > 0 ? $": {closed.Reason}; " : ": ");
        return text.Append($"closed as {Words(closed.Disposition)} by {closed.By}.").ToString();
    }

    private static string Words(Disposition disposition) => disposition switch
    {
        Disposition.TrueAttack => "an attack",
        Disposition.Malfunction => "a malfunction",
        Disposition.FalseAlarm => "a false alarm",
        _ => "maintenance",
    };
}
