namespace EdgeAlarm.Historian.Storage;

/// <summary>A batch put in order: each key once, ascending, and aside what came under a key of the same batch a second time.</summary>
/// <param name="Unique">The first event of each key, by key.</param>
/// <param name="Repeated">Later events of those keys with other bytes: conflicts in the making.</param>
/// <param name="Duplicates">How many were equal to one before, byte for byte.</param>
public sealed record ArrangedBatch(IReadOnlyList<IncomingEvent> Unique, IReadOnlyList<IncomingEvent> Repeated, int Duplicates)
{
    /// <summary>Puts a batch in order.</summary>
    /// <param name="batch">Any order, any repetitions; of equal keys the first that came stays first.</param>
    public static ArrangedBatch Of(IReadOnlyList<IncomingEvent> batch)
    {
        var unique = new List<IncomingEvent>(batch.Count);
        var repeated = new List<IncomingEvent>();
        var duplicates = 0;
        foreach (var item in batch.OrderBy(item => item.Key)) // a stable sort: arrival decides among equals
        {
            if (unique.Count == 0 || unique[^1].Key != item.Key)
            {
                unique.Add(item);
            }
            else if (unique[^1].ContentHash.AsSpan().SequenceEqual(item.ContentHash))
            {
                duplicates++;
            }
            else
            {
                repeated.Add(item);
            }
        }

        return new ArrangedBatch(unique, repeated, duplicates);
    }
}
