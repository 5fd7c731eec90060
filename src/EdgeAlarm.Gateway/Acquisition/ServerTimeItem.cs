using EdgeAlarm.Engine;
using EdgeAlarm.OpcUa.BuiltInTypes;
using EdgeAlarm.OpcUa.Client;
using EdgeAlarm.OpcUa.Services;

namespace EdgeAlarm.Gateway.Acquisition;

/// <summary>
/// The server's clock as one more item of a subscription: it moves even where the plant rests, so its silence shows a subscription that samples nothing any more although its
/// keep-alives go on. Where the server does not monitor it, or never moves it, keep-alives have to do. Its values are no samples.
/// </summary>
internal sealed class ServerTimeItem
{
    /// <summary>Our number for it; no tag has it.</summary>
    public const uint Handle = uint.MaxValue;

    // the first value comes with the item; only a second one proves that it moves
    private const int ValuesOfProof = 2;
    private const int MissedMax = 3;
    private TimeSpan _sampling;
    private PlantTime _heard;
    private int _values;

    /// <summary>The server's number of the item; 0 where it is not monitored.</summary>
    public uint ItemId { get; private set; }

    /// <summary>What to ask for.</summary>
    public static ItemRequest Request(TimeSpan every) => new(Handle, StandardNodes.ServerStatusCurrentTime, every, 1);

    /// <summary>Takes the server's answer; a refusal costs nothing.</summary>
    public void Take(in ItemResult result) => (ItemId, _sampling) = result.Status.IsBad ? (0, TimeSpan.Zero) : (result.Id, result.Sampling);

    /// <summary>A value came.</summary>
    public void Came(in DataValue value, PlantTime now)
    {
        _heard = now;
        _values = Math.Min(_values + (value.Status.IsBad ? 0 : 1), ValuesOfProof);
    }

    /// <summary>Counts from now.</summary>
    public void Watch(PlantTime now) => _heard = now;

    /// <summary>When its silence is a fault; <see cref="PlantTime.Never"/> where it has not proved that it moves.</summary>
    /// <param name="silenceMax">The longest silence of its subscription.</param>
    public PlantTime DueAt(TimeSpan silenceMax) => ItemId != 0 && _values == ValuesOfProof ? _heard + (_sampling * MissedMax) + silenceMax : PlantTime.Never;

    /// <summary>There is no item.</summary>
    public void Forget() => (ItemId, _values) = (0, 0);
}
