namespace EdgeAlarm.Historian.Storage;

/// <summary>A key came with other bytes than are stored: two machines under one name, or a restored image. The watermark stops before it.</summary>
/// <param name="Key">The key.</param>
/// <param name="StoredHash">SHA-256 of the bytes that are stored.</param>
/// <param name="ContentHash">SHA-256 of the bytes that came.</param>
public sealed record EventConflict(EventKey Key, byte[] StoredHash, byte[] ContentHash);
