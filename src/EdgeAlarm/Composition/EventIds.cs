namespace EdgeAlarm.Composition;

/// <summary>The ids of the executable's log messages.</summary>
internal static class EventIds
{
    /// <summary>5000-5099.</summary>
    internal static class Composition
    {
        public const int CertificateCreated = 5000;
        public const int GatewayStarted = 5001;
        public const int GatewayStopped = 5002;
        public const int FilesNotTaken = 5003;
        public const int Reloaded = 5004;
    }
}
