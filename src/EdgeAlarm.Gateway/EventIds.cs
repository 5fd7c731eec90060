namespace EdgeAlarm.Gateway;

/// <summary>The ids of the gateway's log messages: a block of one hundred for each component, unique by test.</summary>
internal static class EventIds
{
    /// <summary>1000-1099.</summary>
    internal static class Acquisition
    {
    }

    /// <summary>1100-1199.</summary>
    internal static class Recorder
    {
    }

    /// <summary>1200-1299.</summary>
    internal static class Alarming
    {
    }

    /// <summary>1300-1399.</summary>
    internal static class Outbox
    {
    }

    /// <summary>1400-1499.</summary>
    internal static class Uplink
    {
    }

    /// <summary>1500-1599.</summary>
    internal static class Configuration
    {
    }
}
