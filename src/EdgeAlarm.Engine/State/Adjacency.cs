namespace EdgeAlarm.Engine;

/// <summary>Who belongs to whom, as two arrays: the members of each group, one group after the other, in the order of their index.</summary>
internal readonly struct Adjacency
{
    private readonly int[] _starts;
    private readonly int[] _members;

    private Adjacency(int[] starts, int[] members) => (_starts, _members) = (starts, members);

    /// <summary>The members of a group.</summary>
    public ReadOnlySpan<int> this[int group] => _members.AsSpan(_starts[group].._starts[group + 1]);

    /// <summary>The other way round: in which groups each member is.</summary>
    /// <param name="groups">How many groups there are.</param>
    /// <param name="members">How many members there are.</param>
    /// <param name="groupsOf">The groups of a member, each once.</param>
    public static Adjacency Group(int groups, int members, Func<int, ReadOnlySpan<int>> groupsOf)
    {
        var starts = new int[groups + 1];
        for (var member = 0; member < members; member++)
        {
            foreach (var group in groupsOf(member))
            {
                starts[group + 1]++;
            }
        }

        for (var group = 0; group < groups; group++)
        {
            starts[group + 1] += starts[group];
        }

        var next = starts.AsSpan(0, groups).ToArray();
        var all = new int[starts[groups]];
        for (var member = 0; member < members; member++)
        {
            foreach (var group in groupsOf(member))
            {
                all[next[group]++] = member;
            }
        }

        return new(starts, all);
    }

    /// <summary>From the lists of the members of each group.</summary>
    public static Adjacency Of(IReadOnlyList<IReadOnlyList<int>> groups)
    {
        var starts = new int[groups.Count + 1];
        for (var group = 0; group < groups.Count; group++)
        {
            starts[group + 1] = starts[group] + groups[group].Count;
        }

        return new(starts, [.. groups.SelectMany(group => group)]);
    }
}
