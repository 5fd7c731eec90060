using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Security;
using EdgeAlarm.OpcUa.Services;
using EdgeAlarm.TestServers;

namespace EdgeAlarm.OpcUa.Tests.Client;

/// <summary>One node-opcua server that offers everything, for all cases of the matrix. Its key has 3072 bits, so that block lengths of both sides differ.</summary>
public sealed class SecurityMatrixServer : IAsyncLifetime
{
    /// <summary>Longer than a block of RSA.</summary>
    private static readonly string Password = "sésame " + new string('7', 500);

    private readonly TemporaryFolder _folder = new();
    private NodeOpcuaServer? _server;
    private ApplicationCertificate? _user;

    public NodeOpcuaServer Server => _server!; // set before any test

    public async ValueTask InitializeAsync()
    {
        _user = UserCertificate("Operator");
        var userFile = _folder.File("operator.der");
        await File.WriteAllBytesAsync(userFile, _user.Der.ToArray());
        _server = await NodeOpcuaServer.StartAsync(new()
        {
            Tags = 50,
            TickMs = 50,
            KeyBits = 3072,
            TokenLifetimeMs = 1000,
            Security = [.. EndpointSecurity.All.Select(security => security.ToString())],
            Users = new Dictionary<string, string> { ["edge"] = Password },
            UserTrust = [userFile],
        });
    }

    /// <summary>A client's store with a key of this length, which trusts the server.</summary>
    public CertificateStore Store(int keyBits = 2048)
    {
        var store = new CertificateStore(_folder.File($"client-{keyBits}"));
        lock (_folder)
        {
            using var existing = store.LoadOwn();
            if (existing is null)
            {
                using var own = ApplicationCertificate.Create(
                    "urn:edgealarm:test", "EdgeAlarm test", ["localhost"], TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(30), keyBits);
                store.CreateOwn(own);
                File.Copy(Server.CertificateFile, Path.Combine(store.TrustedFolder, "plant.der"));
            }
        }

        return store;
    }

    public UaClientOptions Options(EndpointSecurity security, UserTokenType token, int keyBits = 2048) => new()
    {
        EndpointUrl = Server.Url,
        Policy = security.Policy,
        Mode = security.Mode,
        Certificates = Store(keyBits),
        ChannelLifetime = TimeSpan.FromSeconds(1),
        User = token switch
        {
            UserTokenType.UserName => UserIdentity.Named("edge", Password),
            UserTokenType.Certificate => UserIdentity.WithCertificate(_user!), // set before any test
            UserTokenType.Anonymous or UserTokenType.IssuedToken => UserIdentity.Anonymous,
        },
    };

    public static ApplicationCertificate UserCertificate(string name) =>
        ApplicationCertificate.Create($"urn:edgealarm:user:{name}", name, [], TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(30));

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _user?.Dispose();
        _folder.Dispose();
    }
}
