namespace EdgeAlarm.PlantSimulator;

/// <summary>The ids of the simulator's log messages.</summary>
internal static class EventIds
{
    /// <summary>4000-4099.</summary>
    internal static class Server
    {
        internal const int Listening = 4000;
        internal const int StepsLeftToOthers = 4001;
        internal const int ConnectionRefused = 4002;
        internal const int ConnectionEnded = 4003;
        internal const int ConnectionsCut = 4004;
        internal const int ClientTooSlow = 4005;
    }
}
