namespace EdgeAlarm.Certificates;

/// <summary>A file of a certificate store that is neither a certificate nor a revocation list.</summary>
/// <param name="File">The file.</param>
/// <param name="Wrong">What is wrong with it.</param>
internal sealed record UnreadableRow(string File, string Wrong);
