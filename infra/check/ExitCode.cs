namespace IoMTAD.Infra;

internal static class ExitCode
{
    public const int Done = 0, Found = 1, WrongUse = 2;
}
