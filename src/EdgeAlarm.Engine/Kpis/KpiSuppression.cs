namespace EdgeAlarm.Engine;

/// <summary>What is and was suppressed.</summary>
/// <param name="Shelved">Shelved now.</param>
/// <param name="SuppressedByDesign">Suppressed by design now.</param>
/// <param name="OutOfService">Out of service now.</param>
/// <param name="OutOfServiceLongest">How long the oldest of these has been; null for none.</param>
/// <param name="Shelvings">Shelvings that ended within the period.</param>
/// <param name="Expired">Of these, those whose time was over.</param>
/// <param name="ByOperator">Of these, those that an operator ended.</param>
/// <param name="ShelvingMean">How long they were; null for none.</param>
/// <param name="ShelvingMax">The longest; null for none.</param>
/// <param name="Hidden">Alarms that would have been annunciated, had nothing suppressed them.</param>
public sealed record KpiSuppression(
    int Shelved, int SuppressedByDesign, int OutOfService, TimeSpan? OutOfServiceLongest, long Shelvings, long Expired, long ByOperator, TimeSpan? ShelvingMean, TimeSpan? ShelvingMax, long Hidden);
