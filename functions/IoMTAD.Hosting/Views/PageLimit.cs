namespace IoMTAD.Hosting.Views;

/// <summary>How long a page may be.</summary>
public static class PageLimit
{
    public const int LongestPage = 10_000;

    /// <returns>At least one row, at most <see cref="LongestPage"/>.</returns>
    public static int Of(int asked) => Math.Clamp(asked, 1, LongestPage);
}
