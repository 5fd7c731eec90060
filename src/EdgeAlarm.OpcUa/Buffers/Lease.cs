namespace EdgeAlarm.OpcUa.Buffers;

/// <summary>
/// An array lent by a <see cref="LeasePool{T}"/>. It has one owner at a time; whoever is given the lease owns it, and disposes it when nobody reads the memory any more.
/// Disposing again does nothing, so that an array is never given back twice.
/// </summary>
/// <typeparam name="T">What the array holds.</typeparam>
public sealed class Lease<T> : IDisposable
    where T : struct
{
    private readonly LeasePool<T> _pool;
    private readonly int _length;
    private T[]? _array;

    internal Lease(LeasePool<T> pool, T[] array, int length) => (_pool, _array, _length) = (pool, array, length);

    /// <summary>The memory, as long as was asked for.</summary>
    /// <exception cref="ObjectDisposedException">It was given back.</exception>
    public Memory<T> Memory => Array.AsMemory(0, _length);

    /// <summary>The array, for those who can do with nothing else; at least as long as the memory, with which it begins.</summary>
    internal T[] Array => Volatile.Read(ref _array) ?? throw new ObjectDisposedException(nameof(Lease<>));

    /// <summary>Gives the memory back; it must not be read or written any more.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array)
        {
            _pool.TakeBack(array);
        }
    }
}
