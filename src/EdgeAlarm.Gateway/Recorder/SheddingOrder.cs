namespace EdgeAlarm.Gateway.Recorder;

/// <summary>
/// The order in which things go when the disk gets full, and below how much free space, in lengths of the reserve. A step that finds nothing to let go of, or no room for what it has to write first,
/// leaves it to the next one; after each the first is asked again.
/// </summary>
internal static class SheddingOrder
{
    /// <summary>Below it is told that the disk gets full, whatever the rate.</summary>
    public const double ToldBelow = 8;

    /// <summary>From here on all is well again, and the reserve is made anew.</summary>
    public const double AmpleFrom = 6;

    /// <summary>The steps, each with the free space below which it is taken.</summary>
    public static IReadOnlyList<(SheddingStep Step, double FreeBelow)> Steps { get; } =
    [
        (SheddingStep.Samples, 4),
        (SheddingStep.ReceiptedEvents, 2),
        (SheddingStep.Reserve, 0.5),
        (SheddingStep.UnreceiptedEvents, 0.25),
    ];
}
