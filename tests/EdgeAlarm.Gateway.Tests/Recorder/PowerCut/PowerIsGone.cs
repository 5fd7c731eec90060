namespace EdgeAlarm.Gateway.Tests.Recorder.PowerCut;

/// <summary>The simulated power went; whatever asks the disk for anything ends here.</summary>
internal sealed class PowerIsGone() : IOException("The power is gone.");
