namespace EdgeAlarm.OpcUa.Client;

/// <summary>
/// What is known of a make of server beyond what it says of itself. A null fact means that nothing is known: then the server's own word counts, and our caution.
/// Data only: no code asks which profile it is.
/// </summary>
/// <param name="Name">As people write it in settings.</param>
/// <param name="Manufacturer">What its ManufacturerName or ProductUri holds, in lower case; empty for the general profile, which matches nothing.</param>
/// <param name="Product">What its ProductName holds as well, in lower case; empty where the manufacturer makes but one server.</param>
public sealed record ServerProfile(string Name, string Manufacturer, string Product)
{
    /// <summary>Items of one CreateMonitoredItems, at least 1.</summary>
    public Sourced<int>? ItemsPerCallMax { get; init; }

    /// <summary>Items of one subscription, at least 1.</summary>
    public Sourced<int>? ItemsPerSubscriptionMax { get; init; }

    /// <summary>Items of the whole server, all clients together, at least 1.</summary>
    public Sourced<int>? ItemsMax { get; init; }

    /// <summary>Publish requests outstanding in a session, 1 to 10.</summary>
    public Sourced<int>? PublishRequestsMax { get; init; }

    /// <summary>Longest queue of an item, at least 1.</summary>
    public Sourced<int>? QueueMax { get; init; }

    /// <summary>Sessions of all clients together, at least 1.</summary>
    public Sourced<int>? SessionsMax { get; init; }

    /// <summary>Whether a subscription can be moved to a new session; where not, asking costs time in which its queues fill.</summary>
    public Sourced<bool>? TransfersSubscriptions { get; init; }

    /// <summary>A session timeout below this has ended sessions that were alive.</summary>
    public Sourced<TimeSpan>? SessionTimeoutMin { get; init; }

    /// <summary>Longest life of a subscription without Publish requests.</summary>
    public Sourced<TimeSpan>? LifetimeMax { get; init; }

    /// <summary>What else people should know, one sentence each.</summary>
    public IReadOnlyList<Sourced<string>> Remarks { get; init; } = [];

    /// <summary>All that is known, one sentence each.</summary>
    public IEnumerable<Sourced<string>> Facts =>
    [
        .. Say(ItemsPerCallMax, most => $"It is asked for at most {most} items in a call."), .. Say(ItemsPerSubscriptionMax, most => $"A subscription holds at most {most} items."),
        .. Say(ItemsMax, most => $"It bears {most} items of all clients together."), .. Say(PublishRequestsMax, most => $"It bears {most} outstanding Publish requests."),
        .. Say(QueueMax, most => $"Its queues hold at most {most} values."), .. Say(SessionsMax, most => $"It bears {most} sessions of all clients together."),
        .. Say(TransfersSubscriptions, moves => $"It {(moves ? "hands" : "does not hand")} subscriptions over to a new session."),
        .. Say(SessionTimeoutMin, least => $"Its session timeout should not be below {least.TotalSeconds} s."), .. Say(LifetimeMax, most => $"It keeps a subscription without requests {most.TotalSeconds} s at most."),
        .. Remarks,
    ];

    /// <summary>Whether a server is of this make; letter case does not count.</summary>
    public bool Matches(ServerProduct server) =>
        Manufacturer.Length > 0 && (Holds(server.Manufacturer, Manufacturer) || Holds(server.Uri, Manufacturer) || Holds(server.Name, Manufacturer))
        && (Product.Length == 0 || Holds(server.Name, Product) || Holds(server.Uri, Product));

    private static IEnumerable<Sourced<string>> Say<T>(Sourced<T>? fact, Func<T, FormattableString> words) =>
        fact is { } known ? [new(FormattableString.Invariant(words(known.Value)), known.Source)] : [];

    private static bool Holds(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
