using System.Runtime.InteropServices;

namespace EdgeAlarm.Engine;

/// <summary>What the engine knows of one tag. There are hundreds of thousands: the runtime lays it out without holes.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct TagCell : IDue
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

    /// <summary>The reason as it is now, told or not; what only waits for a first sample is none until it is told.</summary>
    public ArmedReason Truth;

    /// <summary>The StatusCode of that reason, without InfoBits.</summary>
    public uint TruthCode;

    /// <summary>Plant time since when it is so.</summary>
    public PlantTime TruthSince;

    /// <summary>Plant time at which a reason was told last; <see cref="PlantTime.Zero"/> for never.</summary>
    public PlantTime ToldAt;

    /// <summary>Plant time at which one was told before that.</summary>
    public PlantTime ToldBefore;

    /// <summary>Whether the reasons change so often that the next one is told only when it has lasted.</summary>
    public bool IsFlapping;

    /// <summary>How often the tag stopped being armed since it was last told to be armed.</summary>
    public uint Losses;

    /// <summary>For how long it was not, without the time since <see cref="TruthSince"/>.</summary>
    public TimeSpan Unarmed;

    /// <summary>How it stands with its silence.</summary>
    public Silence Silence;

    /// <summary>Until when it may be silent, at least; <see cref="PlantTime.Never"/> unless that counts.</summary>
    public PlantTime StaleDue;

    /// <summary>Whether the events have told what is.</summary>
    public readonly bool IsTold => (Truth, TruthCode) == (Announced, AnnouncedCode);

    /// <summary>When something of the tag is due by time alone; <see cref="PlantTime.Never"/> if nothing is.</summary>
    public readonly PlantTime Due => PlantTime.Min(SettleDue, StaleDue);

    /// <summary>When it is told what has lasted; <see cref="PlantTime.Never"/> where nothing waits for it.</summary>
    public readonly PlantTime SettleDue => IsFlapping && !IsTold ? TruthSince + ArmedLedger.SettleWithin : PlantTime.Never;

    /// <summary>Whether the last sample can be evaluated.</summary>
    public readonly bool IsUsable => HasSample && !Last.Quality.IsBad && !double.IsNaN(Last.Value.AsNumber());

    /// <summary>The value as conditions read it: NaN where it is Bad, no number, or not known since a break.</summary>
    public readonly double Reading => Freshness == Freshness.None || Last.Quality.IsBad ? double.NaN : Last.Value.AsNumber();
}
