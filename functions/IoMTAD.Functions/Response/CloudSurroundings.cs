using Azure.Core;
using IoMTAD.Hosting.Response.Settings;

namespace IoMTAD.Functions.Response;

/// <param name="Credential">As whom the host calls services of Azure.</param>
internal sealed record CloudSurroundings(TokenCredential Credential, Uri? BaseAddress, TimeProvider Time) : NotifierSurroundings(BaseAddress, Time);
