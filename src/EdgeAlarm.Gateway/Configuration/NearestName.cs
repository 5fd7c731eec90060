namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Finds the known name that a mistyped one probably meant.</summary>
internal static class NearestName
{
    /// <summary>The nearest of the known names, or null if none is near.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        var nearest = known
            .Select(candidate => (candidate, distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(pair => pair.distance)
            .FirstOrDefault();
        return nearest.candidate is not null && nearest.distance <= Math.Max(2, name.Length / 3) ? nearest.candidate : null;
    }

    /// <summary>The sentence that names it, or the names that are allowed.</summary>
    public static string Suggest(string name, IReadOnlyCollection<string> known) => Find(name, known) is { } nearest
        ? $"did you mean \"{nearest}\"?"
        : known.Count == 0 ? "none is defined." : $"allowed: {string.Join(", ", known.Take(12))}{(known.Count > 12 ? " ..." : string.Empty)}.";

    // Levenshtein distance by rows
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
