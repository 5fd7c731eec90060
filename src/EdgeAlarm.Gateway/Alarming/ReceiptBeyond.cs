namespace EdgeAlarm.Gateway.Alarming;

/// <summary>The centre has events of an epoch that this journal never made.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Through">The highest seq that the centre has.</param>
internal sealed record ReceiptBeyond(Guid Epoch, long Through);
