using EdgeAlarm.Engine;

namespace EdgeAlarm.Gateway.Configuration;

/// <summary>Reads <c>classes</c> of gateway.json.</summary>
internal static class AlarmClassSettings
{
    private static readonly TimeSpan OutOfServiceMost = TimeSpan.FromDays(90);

    // below the quiet of five minutes that ends chattering
    private static readonly TimeSpan ChatterMost = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan FleetingMost = TimeSpan.FromMinutes(10);

    public static IReadOnlyList<AlarmClass> Read(SettingsSection root)
    {
        var classes = new List<AlarmClass>();
        foreach (var section in root.Sections("classes", required: false))
        {
            var alarmClass = ReadOne(section);
            if (classes.Exists(other => string.Equals(other.Name, alarmClass.Name, StringComparison.Ordinal)))
            {
                section.Fault("name", "is the name of another class already; names are unique.");
            }

            classes.Add(alarmClass);
        }

        return classes;
    }

    private static AlarmClass ReadOne(SettingsSection section)
    {
        var isHighlyManaged = section.Switch("highlyManaged", missing: false);
        var shelveMax = section.Time("shelveMax", isHighlyManaged ? TimeSpan.Zero : AlarmHandling.ShelveMaxDefault, TimeSpan.Zero, AlarmClass.ShelveMost);
        if (isHighlyManaged && shelveMax > TimeSpan.Zero)
        {
            section.Fault("shelveMax", "a highly managed alarm is never shelved; leave it out.");
        }

        var alarmClass = new AlarmClass(
            section.Text("name", required: true) ?? string.Empty,
            shelveMax,
            section.Time("outOfServiceMax", AlarmHandling.OutOfServiceMaxDefault, TimeSpan.Zero, OutOfServiceMost),
            section.Switch("acknowledgeNote", missing: isHighlyManaged),
            isHighlyManaged)
        {
            BadQuality = ReadBadQuality(section, isHighlyManaged),
            ChatterWithin = section.Time("chatterWithin", AlarmHandling.ChatterWithinDefault, TimeSpan.FromSeconds(1), ChatterMost),
            FleetingWithin = section.Time("fleetingWithin", AlarmHandling.FleetingWithinDefault, TimeSpan.Zero, FleetingMost),
        };
        section.End();
        return alarmClass;
    }

    private static BadQualityPolicy ReadBadQuality(SettingsSection section, bool isHighlyManaged)
    {
        var policy = Enum.Parse<BadQualityPolicy>(section.Choice("badQuality", "hold", AlarmTable.BadQualityPolicies), ignoreCase: true);
        if (isHighlyManaged && policy == BadQualityPolicy.Inhibit)
        {
            section.Fault("badQuality", "a highly managed alarm may not go quiet because its measurement failed; allowed: hold, alarm.");
        }

        return policy;
    }
}
