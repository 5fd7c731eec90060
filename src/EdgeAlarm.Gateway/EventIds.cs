namespace EdgeAlarm.Gateway;

/// <summary>The ids of the gateway's log messages: a block of one hundred for each component, unique by test.</summary>
internal static class EventIds
{
    /// <summary>1000-1099.</summary>
    internal static class Acquisition
    {
        internal const int Connected = 1000;
        internal const int ConnectionFailed = 1001;
        internal const int Disconnected = 1002;
        internal const int ItemsRefused = 1003;
        internal const int ItemRecovered = 1004;
        internal const int RevisedBelowDemand = 1005;
        internal const int MessagesLost = 1006;
        internal const int PublishWindowLowered = 1007;
        internal const int ServerState = 1008;
        internal const int ClockOffset = 1009;
        internal const int Withheld = 1010;
        internal const int SubscriptionLost = 1011;
        internal const int SubscriptionRenewed = 1012;
        internal const int SubscriptionRefused = 1013;
        internal const int ItemsVanished = 1014;
        internal const int TransferRefused = 1015;
        internal const int Transferred = 1016;
        internal const int ValueUnreadable = 1017;
        internal const int PulseTooShort = 1018;
        internal const int NotNotified = 1019;
        internal const int HeartbeatNotWritten = 1030;
        internal const int HeartbeatWritten = 1031;
        internal const int IdentitiesRemembered = 1032;
        internal const int IdentityChanged = 1033;
        internal const int IdentitiesUnusable = 1034;
        internal const int ServerChanged = 1035;
        internal const int TagUnusable = 1020;
        internal const int TagsUnusable = 1021;
        internal const int PartsRead = 1022;
        internal const int UnitDiffers = 1023;
        internal const int HistoryRead = 1024;
        internal const int HistoryMissing = 1025;
        internal const int ConnectionFaulted = 1036;
    }

    /// <summary>1100-1199.</summary>
    internal static class Recorder
    {
        internal const int Recovered = 1100;
        internal const int TornTailCut = 1101;
        internal const int EpochBegins = 1102;
        internal const int SnapshotUnusable = 1103;
        internal const int MaintenanceFailed = 1104;
        internal const int MaintenanceRecovered = 1105;
        internal const int JournalBegins = 1106;
        internal const int Unrecorded = 1107;
        internal const int RecordedAgain = 1108;
        internal const int SegmentSetAside = 1109;
    }

    /// <summary>1200-1299.</summary>
    internal static class Alarming
    {
        internal const int PoisonSkipped = 1200;
        internal const int ClockStepped = 1201;
        internal const int ReplayMismatched = 1202;
    }

    /// <summary>1300-1399.</summary>
    internal static class Outbox
    {
        internal const int SetAside = 1300;
        internal const int Unusable = 1301;
        internal const int JournalNotRead = 1302;
        internal const int HoleFound = 1303;
        internal const int ProgressNotSaved = 1304;
        internal const int NotClosed = 1305;
    }

    /// <summary>1400-1499.</summary>
    internal static class Uplink
    {
        internal const int Down = 1400;
        internal const int Up = 1401;
        internal const int Parked = 1402;
        internal const int Fork = 1403;
        internal const int Restored = 1404;
        internal const int ReceiptMissing = 1405;
        internal const int Unclear = 1406;
        internal const int SecondGateway = 1407;
        internal const int LiveRefused = 1408;
        internal const int CommandRefused = 1409;
        internal const int ResponseRefused = 1410;
        internal const int CommandsNotHeard = 1411;
    }

    /// <summary>1500-1599.</summary>
    internal static class Certificates
    {
        internal const int Raised = 1500;
        internal const int Settled = 1501;
        internal const int Renewed = 1502;
        internal const int RenewalFailed = 1503;
        internal const int Changed = 1504;
        internal const int LedgerNotWritten = 1505;
        internal const int Unreadable = 1506;
        internal const int OwnDamaged = 1507;
    }
}
