using EdgeAlarm.TestServers;

namespace EdgeAlarm.Simulation;

/// <summary>One plant and one broker for every test of bad input: nobody writes to them, each test is refused in its own way.</summary>
public sealed class BadInputPlant : IAsyncLifetime
{
    /// <summary>The user that the plant lets in.</summary>
    public const string User = "edge";

    /// <summary>Its password.</summary>
    public const string Password = "a password of the test plant";

    /// <summary>The plant's server.</summary>
    public NodeOpcuaServer Server { get; private set; } = null!;

    /// <summary>A broker that lets anybody in.</summary>
    public MosquittoBroker Broker { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Server = await NodeOpcuaServer.StartAsync(new NodeOpcuaOptions
        {
            Tags = 3,
            Security = ["Basic256Sha256/SignAndEncrypt"],
            Users = new Dictionary<string, string> { [User] = Password },
            Anonymous = false,
        });
        Broker = await MosquittoBroker.StartAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Broker.DisposeAsync();
    }
}
