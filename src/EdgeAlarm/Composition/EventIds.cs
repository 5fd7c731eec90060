namespace EdgeAlarm.Composition;

/// <summary>The ids of the executable's log messages.</summary>
internal static class EventIds
{
    /// <summary>4000-4099.</summary>
    internal static class Composition
    {
        public const int CertificateCreated = 4000;
        public const int GatewayStarted = 4001;
        public const int GatewayStopped = 4002;
    }
}
