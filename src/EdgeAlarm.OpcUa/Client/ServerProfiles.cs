namespace EdgeAlarm.OpcUa.Client;

/// <summary>The makes of servers that are known, as data. The limits that a server reports of itself count as well; the smaller one wins.</summary>
public static class ServerProfiles
{
    private const string SiemensLimits = "Siemens entry 109755846, system limits of the OPC UA server";
    private const string SiemensManual = "Siemens communication function manual A5E03735815";
    private const string SchneiderLimits = "Schneider Electric BMENUA0100 user guide, Limitations";

    /// <summary>A server of which nothing is known.</summary>
    public static ServerProfile General { get; } = new("General", "", "");

    /// <summary>Siemens S7-1200, firmware 4.4 and later: a micro embedded server.</summary>
    public static ServerProfile S71200 { get; } = new("S7-1200", "siemens", "1200")
    {
        ItemsPerCallMax = new(100, "benthos-umh server profiles: above 200 in a call creation slows down fiftyfold"),
        ItemsMax = new(1000, SiemensLimits),
        SessionsMax = new(10, SiemensLimits),
        TransfersSubscriptions = new(false, "node-opcua issue 678: the S7 family answers BadServiceUnsupported"),
        SessionTimeoutMin = new(TimeSpan.FromSeconds(60), "open62541 issue 2790: with 5 s the session was lost again and again"),
        Remarks =
        [
            new("It refuses every data-change filter, so a deadband belongs into the alarm.", "benthos-umh pull request 233; telegraf issue 18464"),
            new("Orphaned sessions slow the CPU down until they time out.", "epics-modules/opcua issue 128"),
        ],
    };

    /// <summary>Siemens S7-1500.</summary>
    public static ServerProfile S71500 { get; } = new("S7-1500", "siemens", "1500")
    {
        ItemsPerCallMax = new(500, "UA-.NETStandard issue 564: about 1,000 items took 19 s, more were refused with BadTooManyOperations"),
        ItemsPerSubscriptionMax = new(1000, "UA-.NETStandard issue 564; larger CPUs bear more"),
        TransfersSubscriptions = new(false, "node-opcua issue 678: BadServiceUnsupported"),
        SessionTimeoutMin = new(TimeSpan.FromSeconds(60), "open62541 issue 2790: with 5 s the session was lost again and again"),
        Remarks =
        [
            new("The shortest sampling and publishing intervals are properties of the CPU in TIA Portal.", SiemensManual),
            new("Under load it skips samples and answers GoodOverload, though nothing was looked at.", SiemensManual),
            new("After a download or STOP items may vanish or rest without an error.", "milo issue 393"),
        ],
    };

    /// <summary>Kepware KEPServerEX.</summary>
    public static ServerProfile Kepware { get; } = new("Kepware", "kepware", "")
    {
        ItemsPerCallMax = new(1000, "UA-.NETStandard issue 1461: 61,000 items in one call exceed its message size"),
        PublishRequestsMax = new(10, "node-opcua issue 1175"),
        Remarks =
        [
            new("Its retransmission queue can be switched off; then nothing can be republished.", "open62541 issue 2573"),
            new("After it was initialised anew it may reuse the id of an old subscription.", "UA-.NETStandard pull request 3847"),
        ],
    };

    /// <summary>CODESYS runtime.</summary>
    public static ServerProfile Codesys { get; } = new("CODESYS", "codesys", "")
    {
        TransfersSubscriptions = new(false, "automation-gateway issue 8: BadServiceUnsupported"),
        Remarks =
        [
            new("While the runtime stops its values are empty with BadDataUnavailable.", "automation-gateway issue 8"),
            new("A Republish of what it does not have ends with BadMessageNotAvailable, as it should.", "node-opcua issue 1524"),
        ],
    };

    /// <summary>Beckhoff TwinCAT, TF6100.</summary>
    public static ServerProfile Beckhoff { get; } = new("Beckhoff", "beckhoff", "")
    {
        Remarks =
        [
            new("After a restart of the runtime the ids of its subscriptions are void and no transfer works.", "milo issue 69"),
            new("After a new subscription it refuses surplus Publish requests with BadTooManyPublishRequests.", "python-opcua issue 1442"),
        ],
    };

    /// <summary>Schneider Electric Modicon M580 with BMENUA0100.</summary>
    public static ServerProfile Schneider { get; } = new("Schneider", "schneider", "")
    {
        ItemsMax = new(50_000, SchneiderLimits),
        QueueMax = new(100, SchneiderLimits),
        SessionsMax = new(10, SchneiderLimits),
        SessionTimeoutMin = new(TimeSpan.FromSeconds(30), SchneiderLimits),
        LifetimeMax = new(TimeSpan.FromSeconds(300), SchneiderLimits),
        Remarks = [new("It samples every 125 ms and publishes every 250 ms at best; 20 ms with fast sampling, for 2,000 items.", SchneiderLimits)],
    };

    /// <summary>All of them, in the order in which they are tried.</summary>
    public static IReadOnlyList<ServerProfile> All { get; } = [S71200, S71500, Kepware, Codesys, Beckhoff, Schneider, General];

    /// <summary>The profile of a server; <see cref="General"/> where none fits.</summary>
    public static ServerProfile Recognise(ServerProduct server) => All.FirstOrDefault(profile => profile.Matches(server)) ?? General;

    /// <summary>The profile of that name; null if there is none.</summary>
    public static ServerProfile? Find(string name) => All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.Ordinal));
}
