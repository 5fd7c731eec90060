namespace EdgeAlarm.PlantSimulator.AddressSpace;

/// <summary>What a Browse result had no room for.</summary>
/// <param name="References">All references of the result.</param>
/// <param name="Given">How many the client has.</param>
/// <param name="PageMax">Most in one answer.</param>
/// <param name="ResultMask">Fields that the client wants (BrowseResultMask).</param>
internal sealed record BrowseRest(IReadOnlyList<NodeReference> References, int Given, int PageMax, uint ResultMask);
