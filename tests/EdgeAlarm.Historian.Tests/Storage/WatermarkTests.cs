using CsCheck;
using EdgeAlarm.Historian.Storage;

namespace EdgeAlarm.Historian.Tests.Storage;

/// <summary>The rule by which receipts advance, against its definition in words.</summary>
public class WatermarkTests
{
    [Fact]
    public void Watermark_is_the_longest_prefix_before_a_conflict_and_never_goes_back() =>
        Gen.Select(Gen.Long[0, 20], Gen.Long[1, 40], Gen.Bool, Gen.Long[1, 40].Array[0, 40]).Sample((through, conflict, conflicted, arrived) =>
        {
            var stored = arrived.Where(seq => seq > through).Distinct().Order().ToList();
            var after = Watermark.Advance(through, conflicted ? conflict : null, stored);

            Assert.True(after >= through);
            for (var seq = through + 1; seq <= after; seq++)
            {
                Assert.Contains(seq, stored);
                Assert.False(conflicted && seq >= conflict);
            }

            Assert.True(!stored.Contains(after + 1) || (conflicted && after + 1 >= conflict));
        });

    [Fact]
    public void Missing_ranges_and_stored_seqs_make_up_the_whole() =>
        Gen.Select(Gen.Long[1, 20], Gen.Long[1, 30], Gen.Long[1, 60].Array[0, 40]).Sample((from, length, arrived) =>
        {
            var to = from + length - 1;
            var stored = arrived.Where(seq => seq >= from && seq <= to).Distinct().Order().ToList();
            var missing = Watermark.Missing(from, to, stored).SelectMany(range => Enumerable.Range((int)range.First, (int)(range.Last - range.First + 1)).Select(seq => (long)seq)).ToList();
            Assert.Equal(Enumerable.Range((int)from, (int)length).Select(seq => (long)seq), missing.Concat(stored).Order());
        });
}
