using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IoMTAD.Api.Security;

/// <summary>Who asks: the bearer of an API key, or the person at this machine.</summary>
public sealed class ApiKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, AccessOptions access)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(access.Keys.Find(header[Bearer.Length..].Trim()) is { } key
                ? Ticket(key.Name, key.Role) : AuthenticateResult.Fail("nobody has this key"));
        return Task.FromResult(IsAtThisMachine() ? Ticket(access.LocalAccount, Role.Admin) : AuthenticateResult.NoResult());
    }

    // A proxy on this machine speaks for others: its requests need a key.
    private bool IsAtThisMachine() => access.TrustsLoopback
        && Context.Connection is { RemoteIpAddress: { } remote, LocalIpAddress: { } local } && IPAddress.IsLoopback(remote) && IPAddress.IsLoopback(local)
        && !Request.Headers.ContainsKey("X-Forwarded-For") && !Request.Headers.ContainsKey("Forwarded");

    private static AuthenticateResult Ticket(string name, Role role)
    {
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, name), new(ClaimTypes.Role, role.ToString())], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
