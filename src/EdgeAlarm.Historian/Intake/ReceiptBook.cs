using EdgeAlarm.Historian.Storage;
using EdgeAlarm.Wire;

namespace EdgeAlarm.Historian.Intake;

/// <summary>
/// Knows every watermark of the store and says which receipts to send (design rule R7). A receipt is sent for each epoch of a committed batch, moved or not: a gateway that sends
/// something again has missed one. Since the topic retains the last, the present epoch is always the last of several.
/// </summary>
internal sealed class ReceiptBook
{
    private readonly Dictionary<string, Dictionary<Guid, EpochProgress>> gateways = new(StringComparer.Ordinal);
    private readonly string session;

    /// <summary>Begins with what the store knows.</summary>
    /// <param name="session">Random for each start of the historian.</param>
    /// <param name="progress">Every epoch.</param>
    internal ReceiptBook(string session, IEnumerable<EpochProgress> progress)
    {
        this.session = session;
        Enter(progress);
    }

    /// <summary>The watermark of an epoch; 0 if it is not known.</summary>
    internal long Through(string gateway, Guid epoch) => gateways.TryGetValue(gateway, out var epochs) && epochs.TryGetValue(epoch, out var known) ? known.Through : 0;

    /// <summary>Takes new watermarks over.</summary>
    internal void Enter(IEnumerable<EpochProgress> progress)
    {
        foreach (var row in progress)
        {
            if (!gateways.TryGetValue(row.Gateway, out var epochs))
            {
                gateways[row.Gateway] = epochs = [];
            }

            epochs[row.Epoch] = row;
        }
    }

    /// <summary>Receipts for some epochs, by gateway and age.</summary>
    internal IReadOnlyList<(string Gateway, Receipt Receipt)> For(IEnumerable<EpochProgress> progress) =>
        [.. progress.OrderBy(row => row.Gateway, StringComparer.Ordinal).ThenBy(row => row.Ordinal).Select(row => (row.Gateway, new Receipt(row.Epoch, row.Through, session, row.Hash, row.HasConflict)))];

    /// <summary>Receipts for every epoch of one gateway.</summary>
    internal IReadOnlyList<(string Gateway, Receipt Receipt)> ForGateway(string gateway) => gateways.TryGetValue(gateway, out var epochs) ? For(epochs.Values) : [];

    /// <summary>Receipts for everything, as at a start.</summary>
    internal IReadOnlyList<(string Gateway, Receipt Receipt)> ForAll() => For(gateways.Values.SelectMany(epochs => epochs.Values));
}
