using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using IoMTAD.Api.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IoMTAD.Functions.Views;

/// <param name="IsTrusted">The platform signs people in, and takes the header off requests that bring one of their own. Where it does not, anybody could
/// say who he is.</param>
/// <param name="Developer">Under what name a request without any sign of who asks is let in, as administrator; null for none.</param>
public sealed record PlatformAccess(bool IsTrusted, string? Developer);

/// <summary>Whom App Service's own authentication has signed in, from its header <c>X-MS-CLIENT-PRINCIPAL</c>; roles are the application's roles.</summary>
/// <remarks>The header: learn.microsoft.com, "Work with user identities in Azure App Service authentication".</remarks>
public sealed class PlatformPrincipal(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, PlatformAccess access)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "Platform", Header = "X-MS-CLIENT-PRINCIPAL";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers[Header].ToString();
        if (access.IsTrusted && header.Length > 0)
            return Task.FromResult(Read(header) is { } principal
                ? Ticket(principal.Name, principal.Role)
                : AuthenticateResult.Fail("the platform's header cannot be read"));
        return Task.FromResult(access.Developer is { } developer ? Ticket(developer, Role.Admin) : AuthenticateResult.NoResult());
    }

    /// <returns>The highest role; null for it where the person has none of ours, which lets nobody in. Null for all where the header is damaged.</returns>
    internal static (string Name, Role? Role)? Read(string header)
    {
        try
        {
            using var json = JsonDocument.Parse(Convert.FromBase64String(header));
            var roleType = json.RootElement.TryGetProperty("role_typ", out var typed) ? typed.GetString() : null;
            string? name = null;
            Role? role = null;
            foreach (var claim in json.RootElement.GetProperty("claims").EnumerateArray())
            {
                var (type, value) = (claim.GetProperty("typ").GetString(), claim.GetProperty("val").GetString());
                if (type is "preferred_username" or ClaimTypes.Upn or ClaimTypes.Email) name ??= value;
                if ((type == roleType || type == "roles") && Enum.TryParse<Role>(value, ignoreCase: true, out var found) && !int.TryParse(value, out _))
                    role = role is null || found > role ? found : role;
            }
            return (name ?? "unknown", role);
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static AuthenticateResult Ticket(string name, Role? role)
    {
        List<Claim> claims = [new(ClaimTypes.Name, name)];
        if (role is { } held) claims.Add(new(ClaimTypes.Role, held.ToString()));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName)), SchemeName));
    }
}
