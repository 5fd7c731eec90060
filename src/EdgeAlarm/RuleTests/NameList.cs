namespace EdgeAlarm.RuleTests;

/// <summary>Looks names up in lists.</summary>
internal static class NameList
{
    /// <summary>The place of a name; -1 where the list has none.</summary>
    public static int IndexOf(this IReadOnlyList<string> names, string name)
    {
        for (var index = 0; index < names.Count; index++)
        {
            if (string.Equals(names[index], name, StringComparison.Ordinal))
            {
                return index;
            }
        }

        return -1;
    }
}
