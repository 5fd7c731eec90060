using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using EdgeAlarm.OpcUa.SecureConversation;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.PlantSimulator.Plant;
using EdgeAlarm.PlantSimulator.Sessions;

namespace EdgeAlarm.PlantSimulator.Server;

/// <summary>Makes out of the options what the server starts with; every fault in them is told at once.</summary>
internal static class ServerSetup
{
    private static readonly TimeSpan CertificateLife = TimeSpan.FromDays(5 * 365);

    /// <exception cref="PlantServerException">The options name something that cannot be.</exception>
    internal static PlantScriptCheck Check(PlantServerOptions options)
    {
        var faults = new List<string>();
        var tags = TankFarm.Tags.Concat(BulkTags.Tags(Math.Clamp(options.LoadTags, 0, BulkTags.CountMax))).ToArray();
        var check = options.Scenario is { } scenario ? PlantScript.Check(scenario, tags, [options.Source]) : new PlantScriptCheck([], []);
        faults.AddRange(check.Faults.Select(fault => fault.ToString()));
        Require(options.Port is >= 0 and <= 65535, $"Port is {options.Port}; allowed: 0..65535");
        Require(options.LoadTags is >= 0 and <= BulkTags.CountMax, $"LoadTags is {options.LoadTags}; allowed: 0..{BulkTags.CountMax}");
        Require(options.LoadInterval >= TimeSpan.FromMilliseconds(10) && options.LoadInterval <= TimeSpan.FromHours(1), $"LoadInterval is {options.LoadInterval}; allowed: 10 ms..1 h");
        Require(options.Speed is >= 0.01 and <= 1000, $"Speed is {options.Speed}; allowed: 0.01..1000");
        Require(options.CertificateFolder is not null || options.AllowsNone, "there is neither a CertificateFolder nor AllowsNone, so no client could connect; give one of them");
        Require(options.Users.Count > 0 || options.UserCertificateFolder is not null || options.AllowsAnonymous, "there are neither Users nor a UserCertificateFolder nor AllowsAnonymous, so no client could log in; give one of them");
        Require(options.UserCertificateFolder is null || options.CertificateFolder is not null, "a UserCertificateFolder needs a CertificateFolder: users sign with the server's certificate");
        return faults.Count == 0 ? check : throw new PlantServerException("the plant cannot be simulated:\n  " + string.Join("\n  ", faults));

        void Require(bool holds, string otherwise)
        {
            if (!holds)
            {
                faults.Add(otherwise);
            }
        }
    }

    /// <exception cref="PlantServerException">The port is taken.</exception>
    internal static Socket Listen(PlantServerOptions options)
    {
        var listener = new Socket(options.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(options.Address, options.Port));
            listener.Listen(backlog: 64);
            return listener;
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new PlantServerException($"{options.Address}:{options.Port} cannot be listened on ({e.Message}); take another port, or 0 for a free one", e);
        }
    }

    /// <exception cref="PlantServerException">The file cannot be made.</exception>
    internal static ValueLog? OpenLog(string? path)
    {
        try
        {
            return path is null ? null : new ValueLog(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlantServerException($"the value log '{path}' cannot be written ({e.Message}); give a path in a folder that exists and may be written", e);
        }
    }

    /// <summary>The certificate of the store, made where there is none.</summary>
    /// <exception cref="PlantServerException">The store cannot be used.</exception>
    internal static ApplicationCertificate? OwnCertificate(PlantServerOptions options, CertificateStore? store, string applicationUri, DateTimeOffset now)
    {
        if (store is null)
        {
            return null;
        }

        try
        {
            if (store.LoadOwn() is { } existing)
            {
                return existing;
            }

            var made = ApplicationCertificate.Create(applicationUri, "EdgeAlarm plant simulator", [options.HostName, "localhost"], now, CertificateLife);
            store.CreateOwn(made);
            return made;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new PlantServerException($"the certificate in '{options.CertificateFolder}' cannot be used: {e.Message}", e);
        }
    }

    /// <summary>What channels are accepted. None is always among them: without it a client could not ask for the endpoints.</summary>
    internal static ServerConversationOptions Conversation(PlantServerOptions options, ServerIdentity identity, CertificateStore? store, TimeProvider time)
    {
        var validator = store is null || options.AcceptsUnknownClients ? null : new CertificateValidator(store, time);
        return new ServerConversationOptions
        {
            Endpoints = [.. identity.SessionEndpoints().Append((SecurityPolicy.None, MessageSecurityMode.None)).Distinct()],
            Own = identity.Own,
            Validate = (peer, policy) => validator?.Validate(peer, new CertificateExpectations { Policy = policy, Use = CertificateUse.Client }) ?? CertificateVerdict.Accepted,
        };
    }
}
