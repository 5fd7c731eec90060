namespace EdgeAlarm.Engine;

/// <summary>What the engine knows of one tag.</summary>
internal struct TagCell
{
    /// <summary>The last sample; meaningful with <see cref="HasSample"/>.</summary>
    public Sample Last;

    /// <summary>ConditionTime of the last sample.</summary>
    public PlantTime ConditionTime;

    /// <summary>Circumstances of the last sample.</summary>
    public EventFlags Flags;

    /// <summary>
    /// When the last sample came to be, as far as conditions go that wait for samples: its ConditionTime, but its reception where the PLC's time stands still though samples
    /// come.
    /// </summary>
    public PlantTime Updated;

    /// <summary>Whether there ever was a sample.</summary>
    public bool HasSample;

    /// <summary>Whether the last sample speaks for the present.</summary>
    public Freshness Freshness;

    /// <summary>What lies between the last evaluated sample and the next.</summary>
    public Discontinuity Discontinuity;

    /// <summary>Whether a sample of any quality came since the last break or gap: then what it said held until the next, and delays that ended between them have ended.</summary>
    public bool IsUnbroken;

    /// <summary>Whether the server answered whether it monitors the tag, since the gateway started.</summary>
    public bool IsAnswered;

    /// <summary>The server's answer.</summary>
    public Quality Monitored;

    /// <summary>Whether an input of the tag was left out (rule R8).</summary>
    public bool IsFaulted;

    /// <summary>The reason that the events have told; <see cref="ArmedReason.None"/> for armed, and before anything was told.</summary>
    public ArmedReason Announced;

    /// <summary>The StatusCode of that reason, without InfoBits.</summary>
    public uint AnnouncedCode;

    /// <summary>Whether the last sample can be evaluated.</summary>
    public readonly bool IsUsable => HasSample && !Last.Quality.IsBad && !double.IsNaN(Last.Value.AsNumber());

    /// <summary>The value as conditions read it: NaN where it is Bad, no number, or not known since a break.</summary>
    public readonly double Reading => Freshness == Freshness.None || Last.Quality.IsBad ? double.NaN : Last.Value.AsNumber();
}
