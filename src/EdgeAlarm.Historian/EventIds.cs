namespace EdgeAlarm.Historian;

/// <summary>The ids of the historian's log messages, 2000-2099.</summary>
internal static class EventIds
{
    internal const int StoreAway = 2000;
    internal const int StoreBack = 2001;
    internal const int Standby = 2002;
    internal const int Active = 2003;
    internal const int BrokerAway = 2010;
    internal const int BrokerBack = 2011;
    internal const int ReceiptRefused = 2013;
    internal const int Conflict = 2020;
    internal const int Rejected = 2021;
    internal const int Loss = 2022;
    internal const int GatewayOnline = 2023;
    internal const int GatewayOffline = 2024;
}
