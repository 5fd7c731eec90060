namespace EdgeAlarm.TestServers.Disk;

/// <summary>The simulated power went; whatever asks the disk for anything ends here.</summary>
public sealed class PowerIsGone() : IOException("The power is gone.");
