namespace EdgeAlarm.Engine;

/// <summary>A shelving or a time out of service: no inhibition without owner, reason and end.</summary>
/// <param name="Since">Plant time at which it began; extensions do not move it.</param>
/// <param name="Until">Plant time at which it ends at the latest.</param>
/// <param name="UntilUtc">The gateway's wall clock at which it ends at the latest: whichever of the two comes first.</param>
/// <param name="IsOneShot">Whether a return of the condition ends it.</param>
/// <param name="By">Whose it is.</param>
/// <param name="Reason">Why.</param>
public sealed record Inhibition(PlantTime Since, PlantTime Until, UtcTime UntilUtc, bool IsOneShot, string By, string Reason);
