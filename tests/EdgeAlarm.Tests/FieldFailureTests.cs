using System.Text.RegularExpressions;

namespace EdgeAlarm.Tests;

/// <summary>
/// What broke elsewhere has a number, F-1 to F-74, and a test that holds it names the number as a trait. The list of what is open in the acquisition of values stands here:
/// it has to shrink with each test that is written, and nothing gets onto it unnoticed.
/// </summary>
public sealed partial class FieldFailureTests
{
    private const int Last = 74;

    /// <summary>Sampling, sessions, subscriptions, status codes, clocks and certificates between PLC and gateway.</summary>
    private static readonly int[] Acquisition = [.. Enumerable.Range(1, 25), 28, 30, 50, 65, 66, 67];

    /// <summary>No test yet.</summary>
    private static readonly int[] OpenInAcquisition = [];

    [Fact]
    public void Every_field_failure_that_a_test_names_exists()
    {
        Assert.True(Named().Count > 40);
        Assert.DoesNotContain(Named(), number => number is < 1 or > Last);
    }

    [Fact]
    public void What_is_open_in_the_acquisition_stands_here_and_nothing_else() => Assert.Equal(OpenInAcquisition, Acquisition.Except(Named()).Order());

    private static SortedSet<int> Named() => new(Repository.Files("tests", "*.cs")
        .SelectMany(file => FieldTrait().Matches(Repository.Read(file)))
        .Select(match => int.Parse(match.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture)));

    [GeneratedRegex("""Trait\("Field", "F-(?<number>\d+)"\)""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FieldTrait();
}
