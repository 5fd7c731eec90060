namespace EdgeAlarm.Certificates;

/// <summary>A revocation list of the store, as people and machines are shown it.</summary>
/// <param name="Place">The folder: trusted or issuers.</param>
/// <param name="File">Path of its file.</param>
/// <param name="Issuer">Name of its authority.</param>
/// <param name="ThisUpdate">When it was made.</param>
/// <param name="NextUpdate">When the next one is due; null where none is promised.</param>
/// <param name="Revoked">How many certificates it revokes.</param>
/// <param name="Wrong">What is wrong with it, as the end of a sentence; null if nothing is.</param>
internal sealed record RevocationRow(string Place, string File, string Issuer, DateTimeOffset ThisUpdate, DateTimeOffset? NextUpdate, int Revoked, string? Wrong);
