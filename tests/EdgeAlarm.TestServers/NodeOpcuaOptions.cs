namespace EdgeAlarm.TestServers;

/// <summary>What tests/peers/node-opcua/server.mjs is to play; the head of that file says what each setting does.</summary>
public sealed record NodeOpcuaOptions
{
    /// <summary>Number of variables, <c>s=Tag0000</c> and so on.</summary>
    public int Tags { get; init; } = 10;

    /// <summary><c>counter</c>, <c>ramp</c>, <c>square</c> or <c>mixed</c>.</summary>
    public string Wave { get; init; } = "mixed";

    /// <summary>Milliseconds between two ticks.</summary>
    public int TickMs { get; init; } = 100;

    /// <summary>A tag has its turn on each every-th tick.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Starts without ticking.</summary>
    public bool Paused { get; init; }

    /// <summary>Endpoints that are offered.</summary>
    public IReadOnlyList<string> Security { get; init; } = ["None", "Basic256Sha256/SignAndEncrypt"];

    /// <summary>Names and passwords.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary>DER files of the certificates of users who may log in.</summary>
    public IReadOnlyList<string> UserTrust { get; init; } = [];

    /// <summary>Length of the server's RSA key.</summary>
    public int KeyBits { get; init; } = 2048;

    /// <summary>Whether anonymous clients are accepted.</summary>
    public bool Anonymous { get; init; } = true;

    /// <summary>Whether any client certificate is accepted.</summary>
    public bool AcceptUnknown { get; init; } = true;

    /// <summary>DER files of clients that are trusted from the start.</summary>
    public IReadOnlyList<string> Trust { get; init; } = [];

    /// <summary>Longest lifetime of a channel token.</summary>
    public int TokenLifetimeMs { get; init; } = 600_000;

    /// <summary>Longest session timeout.</summary>
    public int MaxSessionTimeoutMs { get; init; } = 60_000;

    /// <summary>Adds the variables of types.mjs: structures, arrays, a matrix, an enumeration, units and history.</summary>
    public bool Types { get; init; }

    /// <summary>Operations in one call; null for no limit.</summary>
    public int? OperationsMax { get; init; }
}
