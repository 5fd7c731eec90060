using System.Runtime.InteropServices;
using EdgeAlarm.OpcUa.Buffers;

namespace EdgeAlarm.OpcUa.Tests.Buffers;

public sealed class LeasePoolTests
{
    private readonly LeasePool<int> _pool = new(keptMax: 2, lengthMax: 1024);

    [Fact]
    public void Memory_is_as_long_as_was_asked_for_and_serves_again_when_it_was_given_back()
    {
        var first = _pool.Rent(100);
        Assert.Equal(100, first.Memory.Length);
        var array = ArrayOf(first);
        first.Dispose();

        var second = _pool.Rent(120);
        Assert.Equal(120, second.Memory.Length);
        Assert.Same(array, ArrayOf(second));
    }

    // an array in the pool twice would be lent to two owners, each of whom overwrites the other's values
    [Fact]
    public void Memory_that_is_given_back_twice_is_lent_once()
    {
        var first = _pool.Rent(10);
        first.Dispose();
        first.Dispose();

        Assert.NotSame(ArrayOf(_pool.Rent(10)), ArrayOf(_pool.Rent(10)));
    }

    [Fact]
    public void A_lease_that_was_given_back_gives_no_memory_though_the_array_is_lent_again()
    {
        var first = _pool.Rent(10);
        first.Dispose();
        using var second = _pool.Rent(10);

        Assert.Throws<ObjectDisposedException>(() => first.Memory);
        first.Dispose();
        Assert.NotSame(ArrayOf(second), ArrayOf(_pool.Rent(10)));
    }

    // all tests run on such builds: whoever reads samples or bytes after he gave them back gets nonsense in one of them
    [Fact]
    public void What_is_read_after_it_was_given_back_is_no_value_that_was_there()
    {
        var lease = _pool.Rent(3);
        new[] { 1, 2, 3 }.CopyTo(lease.Memory);
        ReadOnlyMemory<int> read = lease.Memory;
        lease.Dispose();

        Assert.Equal([unchecked((int)0xDBDBDBDB), unchecked((int)0xDBDBDBDB), unchecked((int)0xDBDBDBDB)], read.ToArray());
    }

    [Fact]
    public void No_more_is_kept_than_was_said_and_nothing_longer()
    {
        var lent = Enumerable.Range(0, 3).Select(_ => _pool.Rent(10)).ToArray();
        var arrays = lent.Select(ArrayOf).ToHashSet();
        Array.ForEach(lent, lease => lease.Dispose());
        Assert.Equal(2, Enumerable.Range(0, 3).Count(_ => arrays.Contains(ArrayOf(_pool.Rent(10)))));

        var longer = _pool.Rent(1025);
        var array = ArrayOf(longer);
        longer.Dispose();
        Assert.NotSame(array, ArrayOf(_pool.Rent(1025)));
    }

    [Fact]
    public async Task Owners_on_many_threads_never_see_each_others_values()
    {
        await Task.WhenAll(Enumerable.Range(1, 4).Select(owner => Task.Run(() =>
        {
            for (var round = 0; round < 20_000; round++)
            {
                using var lease = _pool.Rent(16);
                lease.Memory.Span.Fill(owner);
                Assert.Equal(-1, lease.Memory.Span.IndexOfAnyExcept(owner));
            }
        })));
    }

    private static int[] ArrayOf(Lease<int> lease) => MemoryMarshal.TryGetArray<int>(lease.Memory, out var segment) ? segment.Array! : [];
}
