using System.Data.Common;

namespace IoMTAD.Functions.Recording;

/// <summary>Marten wraps the database's faults into exceptions of its own.</summary>
internal static class DatabaseFault
{
    /// <returns>The database's own words; null where it was no fault of the database.</returns>
    public static DbException? Of(Exception? error)
    {
        while (error is not (null or DbException)) error = error.InnerException;
        return (DbException?)error;
    }
}
