using System.Globalization;
using Npgsql;

namespace EdgeAlarm.Historian;

/// <summary>Settings of one historian.</summary>
public sealed record HistorianOptions
{
    /// <summary>Name of the group, of which one historian is active and the others stand by: 1 to 64 letters, digits, <c>_ . -</c>; "main".</summary>
    public string Group { get; init; } = "main";

    /// <summary>The broker.</summary>
    public required BrokerOptions Broker { get; init; }

    /// <summary>The store.</summary>
    public required StoreOptions Store { get; init; }

    /// <summary>Events in one transaction, 1 to 5000; 1000. Small ones cost a disk write each, large ones delay receipts and hold memory.</summary>
    public int BatchMax { get; init; } = 1000;

    /// <summary>How long a batch waits to fill, 0 to 1 s; 50 ms. It is part of the time from an alarm to its receipt.</summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long an online gateway must insist that it holds no events below a seq before they are recorded as lost, 1 s to 1 h; 30 s. Too short, and a gateway that is about
    /// to refill a restored store from its event segments finds them written off.</summary>
    public TimeSpan LossGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a standby looks whether it is needed, 100 ms to 1 min; 2 s.</summary>
    public TimeSpan StandbyInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Events that may wait between the broker and the transaction: two batches, so that one fills while the other is written.</summary>
    public int QueueCapacity => 2 * BatchMax;

    /// <summary>Looks at every value.</summary>
    /// <returns>The faults, each with key, value and what is allowed; empty if there is none.</returns>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        void Demand(bool holds, FormattableString fault)
        {
            if (!holds)
            {
                faults.Add(fault.ToString(CultureInfo.InvariantCulture));
            }
        }

        Demand(
            Group.Length is > 0 and <= 64 && Group.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-'),
            $"group: \"{Group}\"; allowed are 1 to 64 letters, digits, _ . -");
        Demand(Broker.Host.Length > 0, $"mqtt.host: missing; the broker's name or address is required");
        Demand(Broker.Port is > 0 and <= 65535, $"mqtt.port: {Broker.Port}; allowed is 1 to 65535");
        Demand(Broker.PasswordFile is null || Broker.User is not null, $"mqtt.passwordFile: \"{Broker.PasswordFile}\" without mqtt.user; name the user, too");
        Demand(Broker.User is null || Broker.PasswordFile is not null, $"mqtt.user: \"{Broker.User}\" without mqtt.passwordFile; name the file with the password, too");
        Demand(Store.Postgres is null != Store.Sqlite is null, $"store: exactly one of \"postgres\" and \"sqlite\" is required");
        Demand(Store.Postgres is not null || Store.PasswordFile is null, $"store.passwordFile: \"{Store.PasswordFile}\"; it belongs to \"postgres\"");
        Demand(Store.Sqlite is not "", $"store.sqlite: empty; the path of the file is required");
        if (Store.Postgres is { } text && Fault(text) is { } wrong)
        {
            faults.Add(wrong);
        }

        Demand(BatchMax is > 0 and <= 5000, $"batchMax: {BatchMax}; allowed is 1 to 5000");
        Demand(BatchDelay >= TimeSpan.Zero && BatchDelay <= TimeSpan.FromSeconds(1), $"batchDelay: {BatchDelay}; allowed is 0 to 1 s");
        Demand(LossGrace >= TimeSpan.FromSeconds(1) && LossGrace <= TimeSpan.FromHours(1), $"lossGrace: {LossGrace}; allowed is 1 s to 1 h");
        Demand(StandbyInterval >= TimeSpan.FromMilliseconds(100) && StandbyInterval <= TimeSpan.FromMinutes(1), $"standbyInterval: {StandbyInterval}; allowed is 100 ms to 1 min");
        return faults;
    }

    private static string? Fault(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            return (settings.Password, settings.Host) switch
            {
                (not null, _) => "store.postgres: has a password; put it alone into a file and name that as store.passwordFile",
                (_, null or "") => "store.postgres: has no Host; e.g. \"Host=db1;Port=5432;Database=edgealarm;Username=historian\"",
                _ => null,
            };
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            return $"store.postgres: {fault.Message}; e.g. \"Host=db1;Port=5432;Database=edgealarm;Username=historian\"";
        }
    }
}
