using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.PlantSimulator.Scenarios;

namespace EdgeAlarm.PlantSimulator.Plant;

/// <summary>
/// The register of one tag and the layers above it: a pulse covers the scripted value, which covers the process. The register is what
/// the server samples and what the value log tells; freeze and mute stand between the layers and the register.
/// </summary>
/// <param name="tag">The tag.</param>
/// <param name="log">The value log, or none.</param>
/// <param name="history">Where its values are kept for HistoryRead, or none.</param>
internal sealed class TagCell(PlantTag tag, ValueLog? log, TagHistory? history = null)
{
    private double _process = tag.Initial;
    private double? _script;
    private double? _pulse;
    private bool _frozen;
    private uint _quality;

    internal PlantTag Tag { get; } = tag;

    internal double Value { get; private set; } = tag.Initial;

    internal uint Status { get; private set; }

    internal long SourceTicks { get; private set; }

    internal TagHistory? History { get; } = history;

    /// <summary>The register as the server hands it out.</summary>
    internal DataValue Reading => new(
        Tag.Kind switch
        {
            PlantValueKind.Boolean => Variant.From(Value != 0),
            PlantValueKind.Int32 => Variant.From((int)Value),
            PlantValueKind.Double => Variant.From(Value),
        },
        new StatusCode(Status),
        SourceTicks);

    /// <summary>Grows by one whenever the register is written, so that sampling sees a change by one comparison.</summary>
    internal long Version { get; private set; }

    internal bool IsMuted { get; private set; }

    /// <summary>The first write of a run: the register has a time from the start.</summary>
    internal void Start(long now) => Write(Value, now);

    internal void SetProcess(double value, long now)
    {
        _process = Fit(value);
        Update(now);
    }

    /// <summary>A scripted value is written even if it equals the one before: the script set it, and its time is news.</summary>
    internal void SetScript(double value, long now)
    {
        _script = Fit(value);
        if (_pulse is null && !_frozen && !IsMuted)
        {
            Write(_script.Value, now);
        }
    }

    internal void SetPulse(double? value, long now)
    {
        _pulse = value is { } peak ? Fit(peak) : null;
        Update(now);
    }

    internal void SetQuality(uint status, long now)
    {
        _quality = status;
        Update(now);
    }

    internal void SetMode(TagMode mode, long now)
    {
        switch (mode)
        {
            case TagMode.Freeze:
                _frozen = true;
                break;
            case TagMode.Mute:
                IsMuted = true;
                break;
            case TagMode.Resume:
                if (!_frozen && !IsMuted)
                {
                    _script = null;
                }

                (_frozen, IsMuted) = (false, false);
                break;
        }

        Update(now);
    }

    /// <summary>Gives the tag back to the process: no script, no pulse, good quality, neither frozen nor muted.</summary>
    internal void Release(long now)
    {
        (_script, _pulse, _frozen, IsMuted, _quality) = (null, null, false, false, 0);
        Update(now);
    }

    private void Update(long now)
    {
        if (IsMuted)
        {
            return;
        }

        var reading = _frozen ? Value : _pulse ?? _script ?? _process;
        if (!reading.Equals(Value) || _quality != Status)
        {
            Write(reading, now);
        }
    }

    private void Write(double value, long now)
    {
        Value = value;
        Status = _quality;
        SourceTicks = now;
        Version++;
        log?.Append(now, Tag.Name, value, _quality);
        History?.Add(Reading);
    }

    private double Fit(double value) => Tag.Kind switch
    {
        PlantValueKind.Boolean => value == 0 ? 0 : 1,
        PlantValueKind.Int32 => Math.Round(Math.Clamp(value, int.MinValue, int.MaxValue)),
        PlantValueKind.Double => value,
    };
}
