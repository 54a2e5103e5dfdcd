using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IoMTAD.Api.Security;
using IoMTAD.Local.Views;

namespace IoMTAD.Local.Commands;

/// <summary>Options of the commands that serve the page and the API.</summary>
internal sealed class PageSettings
{
    private readonly Option<int> port = new("--port") { Description = "Port of the page.", HelpName = "N", DefaultValueFactory = _ => 5080 };
    private readonly Option<bool> noPage = new("--no-page") { Description = "Serve no page." };
    private readonly Option<string?> listen = new("--listen")
    {
        Description = "Address to listen on, for others to reach: they need a key of 'iomtad keys add'. This machine only without it.", HelpName = "ADDRESS",
    };
    private readonly Option<string?> certificate = new("--tls-cert") { Description = "PEM file of the certificate for HTTPS.", HelpName = "FILE" };
    private readonly Option<string?> key = new("--tls-key") { Description = "PEM file of its private key.", HelpName = "FILE" };
    private readonly Option<string?> accounts = new("--keys")
    {
        Description = "File of accounts instead of api-keys.json in the store's folder: for a secret that is mounted.", HelpName = "FILE",
    };
    private readonly Option<bool> plain = new("--plain-http") { Description = "With --listen: no HTTPS here, a proxy in front ends it." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { port, noPage, listen, certificate, key, plain, accounts }) command.Add(option);
    }

    /// <param name="store">Folder of the event store, which holds the accounts.</param>
    /// <returns>Null where no page is wanted.</returns>
    /// <exception cref="CommandException">The page would be open to anybody.</exception>
    public PageOptions? Read(ParseResult parsed, string store)
    {
        if (parsed.GetValue(noPage)) return null;
        var local = PageOptions.Loopback(parsed.GetValue(port));
        var keys = parsed.GetValue(accounts) is { } file ? ApiKeys.Parse(File.ReadAllText(Files.Require([file])[0])) : KeyFile.Read(store);
        if (parsed.GetValue(listen) is not { } text) return local with { Access = local.Access with { Keys = keys } };
        var address = Address(text);
        var https = Certificate(parsed);
        if (!IPAddress.IsLoopback(address) && https is null && !parsed.GetValue(plain))
            throw new CommandException(
                "--listen: name a certificate with --tls-cert and --tls-key, or say --plain-http where a proxy in front ends HTTPS: "
                + "keys must not travel in clear", ExitCode.WrongUse);
        if (!IPAddress.IsLoopback(address) && keys.Accounts.Count == 0)
            throw new CommandException(
                $"--listen: nobody could log in: make a key first with 'iomtad keys add NAME --role analyst --store {store}'", ExitCode.WrongUse);
        return local with { Address = address, Certificate = https, Access = new AccessOptions(keys, IPAddress.IsLoopback(address), Environment.UserName) };
    }

    /// <exception cref="CommandException">It is no address.</exception>
    public static IPAddress Address(string listen) => IPAddress.TryParse(listen, out var address)
        ? address : throw new CommandException($"--listen: '{listen}' is no IP address", ExitCode.WrongUse);

    private X509Certificate2? Certificate(ParseResult parsed)
    {
        if (parsed.GetValue(certificate) is not { } file) return null;
        if (parsed.GetValue(key) is not { } privateKey) throw new CommandException("--tls-cert: name its private key with --tls-key", ExitCode.WrongUse);
        Files.Require([file, privateKey]);
        try
        {
            return X509Certificate2.CreateFromPemFile(file, privateKey);
        }
        catch (CryptographicException e)
        {
            throw new CommandException($"{file}: no PEM certificate that fits {privateKey}: {e.Message}", ExitCode.WrongUse);
        }
    }
}
