using System.Security.Claims;

namespace IoMTAD.Api.Security;

/// <summary>Who may use the API.</summary>
/// <param name="TrustsLoopback">Whoever asks from this machine itself needs no key.</param>
/// <param name="LocalAccount">The name under which their acts are recorded.</param>
public sealed record AccessOptions(ApiKeys Keys, bool TrustsLoopback, string LocalAccount)
{
    /// <summary>Requests a second of one account, or of one address without one; four times as many at once.</summary>
    public int RequestsPerSecond { get; init; } = 100;
}

/// <summary>Who asks, as the host has authenticated them.</summary>
public static class Account
{
    /// <summary>As acts are recorded under it.</summary>
    public static string Name(this ClaimsPrincipal user) => user.Identity?.Name ?? "unknown";

    public static Role Role(this ClaimsPrincipal user) => Enum.Parse<Role>(user.FindFirstValue(ClaimTypes.Role)!);

    public static bool Is(this ClaimsPrincipal user, Role role) =>
        Enum.TryParse<Role>(user.FindFirstValue(ClaimTypes.Role), out var held) && held >= role;
}
