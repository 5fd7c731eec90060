using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using EdgeAlarm.Certificates;

namespace EdgeAlarm.Verbs;

/// <summary><c>edgealarm certs</c>: who is trusted, who was refused, and the gateway's own certificate.</summary>
internal static class CertsVerb
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Command()
    {
        var config = ConfigurationOption.Create();
        config.Recursive = true;
        var folder = new Option<string?>("--certificates")
        {
            Description = "Another certificate folder than the gateway's, e.g. the simulator's.", HelpName = "FOLDER", Recursive = true,
        };
        var command = new Command("certs", "List certificates, trust or reject them, make or renew the gateway's own.")
        {
            config, folder, List(config, folder), Trust(config, folder), Reject(config, folder), Own(config, folder),
        };
        return command;
    }

    private static Command List(Option<string> config, Option<string?> folder)
    {
        var json = new Option<bool>("--json") { Description = "The list as JSON." };
        var command = new Command("list", "Every certificate and revocation list with what is wrong with it. Exit code 1 if anything is.") { json };
        command.SetAction(result => Guarded(result, config, folder, at =>
        {
            var listing = CertificateListing.Of(at, TimeProvider.System);
            if (result.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(listing, Json));
            }
            else
            {
                foreach (var line in CertificateLines.Of(listing))
                {
                    Console.WriteLine(line);
                }
            }

            return listing.HasFaults ? ExitCode.Found : ExitCode.Done;
        }));
        return command;
    }

    private static Command Trust(Option<string> config, Option<string?> folder)
    {
        var what = new Argument<string>("what") { Description = "First digits of the thumbprint of a refused certificate, or a file: certificate or revocation list.", HelpName = "THUMBPRINT|FILE" };
        var command = new Command("trust", "Trust a server, or an authority and whatever it issued. Compare the thumbprint with the one that the server shows first.") { what };
        command.SetAction(result => Guarded(result, config, folder, at => Commands(at).Trust(result.GetValue(what)!)));
        return command;
    }

    private static Command Reject(Option<string> config, Option<string?> folder)
    {
        var what = new Argument<string>("what") { Description = "First digits of the thumbprint of a trusted certificate, or its file.", HelpName = "THUMBPRINT|FILE" };
        var command = new Command("reject", "Trust a certificate no more.") { what };
        command.SetAction(result => Guarded(result, config, folder, at => Commands(at).Reject(result.GetValue(what)!)));
        return command;
    }

    private static Command Own(Option<string> config, Option<string?> folder)
    {
        var keyBits = new Option<int>("--key-bits") { Description = "Length of the RSA key; longer ones make each connection slower.", DefaultValueFactory = _ => OwnCertificate.KeyBits, HelpName = "2048|3072|4096" };
        keyBits.AcceptOnlyFromAmong("2048", "3072", "4096");
        var create = new Command("create", "Make the gateway's certificate, where there is none; 'edgealarm run' does it by itself.") { keyBits };
        create.SetAction(result => ConfigurationOption.LoadOrReport(result.GetValue(config)!) is { } site
            ? Guarded(result, config, folder, at => Commands(at).CreateOwn(site.Settings, result.GetValue(keyBits)))
            : ExitCode.CouldNotRun);
        var renew = new Command("renew", "Renew the gateway's certificate with the same key; the old one is kept and shown where the new one is not trusted yet.");
        renew.SetAction(result => Guarded(result, config, folder, at => Commands(at).RenewOwn()));
        var file = new Argument<string>("file") { Description = "PEM where the name ends in .pem, else DER. The key is never written.", HelpName = "FILE" };
        var export = new Command("export", "Write the gateway's certificate into a file, for a PLC to trust.") { file };
        export.SetAction(result => Guarded(result, config, folder, at => Commands(at).Export(result.GetValue(file)!)));
        return new Command("own", "The gateway's own certificate.") { create, renew, export };
    }

    private static CertificateCommands Commands(string folder) => new(folder, TimeProvider.System, Console.Out, Console.Error);

    private static int Guarded(ParseResult result, Option<string> config, Option<string?> folder, Func<string, int> act)
    {
        var at = result.GetValue(folder) ?? ConfigurationOption.LoadOrReport(result.GetValue(config)!)?.Settings.CertificatesFolder;
        if (at is null)
        {
            return ExitCode.CouldNotRun;
        }

        try
        {
            return act(at);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            Console.Error.WriteLine(failure.Message);
            return ExitCode.CouldNotRun;
        }
    }
}
