namespace EdgeAlarm.Engine;

/// <summary>How operators answer, over all priorities.</summary>
/// <param name="Acknowledged">Acknowledgements.</param>
/// <param name="RubberStamped">
/// Those that nobody can have thought about: within <see cref="KpiRules.ReadWithin"/> of the annunciation, or the sixth and further of one person within ten seconds.
/// </param>
/// <param name="ReturnedUnacknowledged">Annunciated alarms that returned before anybody acknowledged.</param>
/// <param name="Unacknowledged">Alarms that wait for their acknowledgement now.</param>
/// <param name="OldestUnacknowledged">How long the oldest has waited; null for none.</param>
public sealed record KpiResponse(long Acknowledged, long RubberStamped, long ReturnedUnacknowledged, int Unacknowledged, TimeSpan? OldestUnacknowledged);
