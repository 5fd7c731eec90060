using CsCheck;
using EdgeAlarm.Gateway.Outbox;
using EdgeAlarm.Gateway.Recorder;

namespace EdgeAlarm.Gateway.Tests.Outbox;

public sealed class EventOutboxTests : IDisposable
{
    private readonly string _root = Path.Combine(Path.GetTempPath(), "edgealarm-outbox-" + Guid.NewGuid().ToString("N"));
    private readonly JournalDouble _journal = new();

    private string Folder => Path.Combine(_root, "outbox");

    public void Dispose()
    {
        if (Directory.Exists(_root))
        {
            Directory.Delete(_root, recursive: true);
        }
    }

    [Fact]
    public async Task Offered_events_are_read_back_in_order_and_whole()
    {
        await using var running = new RunningOutbox(Folder, _journal);
        await running.UntilFilledAsync();
        for (var i = 0; i < 40; i++)
        {
            running.Outbox.Offer(_journal.Append(1 + (i * 7 % 90)));
        }

        var last = _journal.Append(1)[0];
        running.Outbox.Offer(new[] { last });
        await running.UntilAsync(state => state.Epochs[^1].Readable == last.Seq);
        AssertDense(await running.ReadAllAsync(_journal.Epoch, max: 333), 1, last.Seq);
        Assert.Equal(0, _journal.ReadBack);
        Assert.Equal(last.Seq, running.Outbox.State.Count);
    }

    [Fact]
    [Trait("Field", "F-46")]
    public async Task Only_a_receipt_takes_events_out()
    {
        await using var running = new RunningOutbox(Folder, _journal);
        await running.UntilFilledAsync();
        for (var i = 0; i < 12; i++)
        {
            running.Outbox.Offer(_journal.Append(100));
        }

        await running.UntilAsync(state => state.Epochs[^1].Readable == 1200);
        running.Outbox.Receipted(_journal.Epoch, 650);
        await running.UntilAsync(state => state.Epochs[^1].First == 651);
        running.Outbox.Receipted(_journal.Epoch, 600); // an older one arrives late
        running.Outbox.Receipted(_journal.Epoch, 5000); // impossible: it would prove a fork, and must not delete
        AssertDense(await running.ReadAllAsync(_journal.Epoch), 651, 1200);
        Assert.Equal(550, running.Outbox.State.Count);
        running.Outbox.Receipted(_journal.Epoch, 1200);
        await running.UntilAsync(state => state.Count == 0);
        Assert.Empty(await running.ReadAllAsync(_journal.Epoch));
    }

    [Fact]
    public async Task After_an_orderly_stop_the_files_are_trusted_and_the_journal_is_not_read()
    {
        await using (var first = new RunningOutbox(Folder, _journal))
        {
            await first.UntilFilledAsync();
            first.Outbox.Offer(_journal.Append(1000));
            await first.UntilAsync(state => state.Epochs[^1].Readable == 1000);
            first.Outbox.Receipted(_journal.Epoch, 10);
            await first.UntilAsync(state => state.Epochs[^1].First == 11);
        }

        await using var second = new RunningOutbox(Folder, _journal);
        await second.UntilFilledAsync();
        Assert.Equal(11, second.Outbox.State.Draining.First);
        AssertDense(await second.ReadAllAsync(_journal.Epoch), 11, 1000);
        Assert.Equal(0, _journal.ReadBack);
        Assert.Equal(0, second.Outbox.State.SetAside);
    }

    /// <summary>LiteDB 5.0.20 can lose or tear what a killed process wrote, and says nothing; so after a kill its files are never believed.</summary>
    [Fact]
    [Trait("Field", "F-48")]
    public async Task After_a_kill_the_files_are_set_aside_and_filled_again_from_the_journal()
    {
        await using var running = new RunningOutbox(Folder, _journal);
        await running.UntilFilledAsync();
        running.Outbox.Offer(_journal.Append(1500));
        await running.UntilAsync(state => state.Epochs[^1].Readable == 1500);
        var copy = await RunningOutbox.KilledCopyAsync(Folder);
        await using var next = new RunningOutbox(copy, _journal);
        await next.UntilFilledAsync();
        Assert.Equal(1, next.Outbox.State.SetAside);
        Assert.Equal(1500, _journal.ReadBack);
        AssertDense(await next.ReadAllAsync(_journal.Epoch), 1, 1500);
        await next.UntilAsync(_ => next.Conditions.Count == 2);
        Assert.Equal([(OutboxConditions.Rebuilding, true), (OutboxConditions.Rebuilding, false)], next.Conditions);
        Assert.True(File.Exists(Path.Combine(copy, "set-aside", "000001", "outbox.db")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [Trait("Field", "F-48")]
    public async Task Damage_to_the_database_is_found_and_costs_no_event(int seed)
    {
        await using (var first = new RunningOutbox(Folder, _journal))
        {
            await first.UntilFilledAsync();
            first.Outbox.Offer(_journal.Append(3000));
            await first.UntilAsync(state => state.Epochs[^1].Readable == 3000);
        }

        var random = new Random(seed);
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Folder, "outbox.db"), TestContext.Current.CancellationToken);
        for (var i = 0; i < 40; i++)
        {
            bytes[random.Next(16384, bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        await File.WriteAllBytesAsync(Path.Combine(Folder, "outbox.db"), bytes, TestContext.Current.CancellationToken);
        await using var second = new RunningOutbox(Folder, _journal);
        await second.UntilAsync(state => state.Failure is null);
        var read = new List<StoredEvent>();
        while (read.Count < 3000)
        {
            // An empty answer is what a reader gets while the files are replaced.
            read.AddRange(await second.Outbox.ReadAsync(_journal.Epoch, read.Count + 1, 500, TestContext.Current.CancellationToken));
        }

        AssertDense(read, 1, 3000);
        Assert.Equal(1, second.Outbox.State.SetAside);
    }

    [Fact]
    public async Task When_the_inbox_is_full_the_outbox_falls_behind_and_catches_up_from_the_journal()
    {
        await using var running = new RunningOutbox(Folder, _journal, with: options => options with { InboxEventsMax = 10 });
        running.Outbox.Offer(_journal.Append(500));
        running.Outbox.Offer(_journal.Append(500));
        running.Outbox.Offer(_journal.Append(1));
        await running.UntilAsync(state => state.Epochs[^1].Readable == 1001);
        AssertDense(await running.ReadAllAsync(_journal.Epoch), 1, 1001);
        Assert.InRange(running.Outbox.State.PassedBy, 900, 1001);
    }

    [Fact]
    public async Task An_old_epoch_is_drained_before_the_new_one_and_then_forgotten()
    {
        var old = _journal.Epoch;
        _journal.Append(700);
        _journal.BeginEpoch();
        _journal.Append(300);
        await using var running = new RunningOutbox(Folder, _journal);
        await running.UntilFilledAsync();
        Assert.Equal(old, running.Outbox.State.Draining.Epoch);
        AssertDense(await running.ReadAllAsync(old), 1, 700);
        running.Outbox.Receipted(old, 700);
        await running.UntilAsync(state => state.Epochs.Count == 1);
        Assert.Equal(_journal.Epoch, running.Outbox.State.Draining.Epoch);
        AssertDense(await running.ReadAllAsync(_journal.Epoch), 1, 300);
        running.Outbox.Offer(_journal.Append(5));
        await running.UntilAsync(state => state.Epochs[^1].Readable == 305);
        Assert.Single(running.Outbox.State.Epochs);

        // The journal still has it: that makes it no present epoch at the next start.
        await running.StopAsync();
        await using var next = new RunningOutbox(Folder, _journal);
        await next.UntilFilledAsync();
        Assert.Equal(_journal.Epoch, Assert.Single(next.Outbox.State.Epochs).Epoch);
    }

    [Fact]
    public async Task What_the_journal_no_longer_has_is_a_hole_and_the_range_begins_behind_it()
    {
        _journal.Append(1000);
        _journal.DeleteThrough(_journal.Epoch, 400);
        await using var running = new RunningOutbox(Folder, _journal);
        await running.UntilFilledAsync();
        Assert.Equal(401, running.Outbox.State.Draining.First);
        AssertDense(await running.ReadAllAsync(_journal.Epoch), 401, 1000);
    }

    /// <summary>The receipt of an event that was sent before it was handed over would lie beyond <see cref="EventOutbox.LastSeq"/>, and prove a fork that never was.</summary>
    [Theory]
    [InlineData(0, 1, 1)] // the journal has it all
    [InlineData(15, 11, 16)] // retention took all that was announced, and more
    public async Task What_the_journal_has_beyond_what_was_handed_over_is_not_read_before_it_is(long deletedThrough, long first, long firstLater)
    {
        _journal.Append(10);
        var source = _journal.Source;
        var more = _journal.Append(20);
        _journal.DeleteThrough(_journal.Epoch, deletedThrough);
        await using var running = new RunningOutbox(Folder, _journal, source: source);
        await running.UntilFilledAsync();
        Assert.Equal(10, running.Outbox.LastSeq(_journal.Epoch));
        AssertDense(await running.ReadAllAsync(_journal.Epoch), first, 10);

        running.Outbox.Offer(more.AsMemory()[^1..]);
        await running.UntilAsync(state => state.Epochs[^1].Readable == 30);
        AssertDense(await running.ReadAllAsync(_journal.Epoch), firstLater, 30);
    }

    [Fact]
    public async Task Without_a_usable_folder_nothing_is_read_before_it_is_handed_over()
    {
        Directory.CreateDirectory(_root);
        await File.WriteAllTextAsync(Folder, "a file where the folder should be", TestContext.Current.CancellationToken);
        _journal.Append(10);
        var source = _journal.Source;
        _journal.Append(20);
        await using var running = new RunningOutbox(Folder, _journal, source: source);
        await running.UntilAsync(state => state.Failure is { } failure && failure != "not opened yet");
        AssertDense(await running.ReadAllAsync(_journal.Epoch), 1, 10);
    }

    [Fact]
    public async Task A_historian_that_was_restored_gets_everything_again()
    {
        await using var running = new RunningOutbox(Folder, _journal);
        await running.UntilFilledAsync();
        running.Outbox.Offer(_journal.Append(1000));
        await running.UntilAsync(state => state.Epochs[^1].Readable == 1000);
        running.Outbox.Receipted(_journal.Epoch, 900);
        await running.UntilAsync(state => state.Epochs[^1].First == 901);
        await running.Outbox.RewindAsync(_journal.Epoch, 200, TestContext.Current.CancellationToken);
        await running.UntilAsync(state => state is { IsRefilling: false, Failure: null, Draining.First: 201 });
        AssertDense(await running.ReadAllAsync(_journal.Epoch), 201, 1000);
    }

    [Fact]
    public async Task A_parked_event_leaves_a_marker_in_its_place()
    {
        await using var running = new RunningOutbox(Folder, _journal);
        await running.UntilFilledAsync();
        var events = _journal.Append(100);
        running.Outbox.Offer(events);
        await running.UntilAsync(state => state.Epochs[^1].Readable == 100);
        var marker = new StoredEvent(_journal.Epoch, 42, "marker"u8.ToArray());
        Assert.True(await running.Outbox.ParkAsync(new(_journal.Epoch, 42, "too large", events[41].Payload), marker, TestContext.Current.CancellationToken));
        var read = await running.ReadAllAsync(_journal.Epoch);
        Assert.Equal(Enumerable.Range(1, 100).Select(seq => (long)seq), read.Select(stored => stored.Seq));
        Assert.True(read[41].Payload.Span.SequenceEqual("marker"u8));
        read.RemoveAt(41);
        Assert.All(read, stored => Assert.True(stored.Payload.Span.SequenceEqual(_journal.Bytes(stored.Epoch, stored.Seq).Span)));
        var parked = Assert.Single(await running.Outbox.ReadParkedAsync(10, TestContext.Current.CancellationToken));
        Assert.Equal((_journal.Epoch, 42, "too large"), (parked.Epoch, parked.Seq, parked.Reason));
        Assert.True(parked.Payload.Span.SequenceEqual(events[41].Payload.Span));
    }

    /// <summary>A folder that cannot be used stops no alarm: the events come from the journal until it can.</summary>
    [Fact]
    [Trait("Field", "F-54")]
    public async Task Without_a_usable_folder_events_are_read_from_the_journal()
    {
        Directory.CreateDirectory(_root);
        await File.WriteAllTextAsync(Folder, "a file where the folder should be", TestContext.Current.CancellationToken);
        await using var running = new RunningOutbox(Folder, _journal, with: options => options with { RetryAfter = TimeSpan.FromMilliseconds(50) });
        await running.UntilAsync(state => state.Failure is { } failure && failure != "not opened yet");
        running.Outbox.Offer(_journal.Append(10));
        await running.UntilAsync(state => state.Epochs[^1].Last == 10);
        AssertDense(await running.ReadAllAsync(_journal.Epoch), 1, 10);
        Assert.Contains((OutboxConditions.Failed, true), running.Conditions);
        File.Delete(Folder);
        await running.UntilAsync(state => state.Failure is null && state.Epochs[^1].Readable == 10);
        AssertDense(await running.ReadAllAsync(_journal.Epoch), 1, 10);
        Assert.Contains((OutboxConditions.Failed, false), running.Conditions);
    }

    [Fact]
    [Trait("Field", "F-51")]
    public async Task A_backlog_is_told_once_and_its_end_too()
    {
        await using var running = new RunningOutbox(Folder, _journal, with: options => options with { BacklogEventsMax = 100 });
        await running.UntilFilledAsync();
        running.Outbox.Offer(_journal.Append(99));
        await running.UntilAsync(state => state.Epochs[^1].Readable == 99);
        Assert.Empty(running.Conditions);
        running.Outbox.Offer(_journal.Append(50));
        await running.UntilAsync(state => state.Epochs[^1].Readable == 149);
        running.Outbox.Receipted(_journal.Epoch, 80);
        await running.UntilAsync(state => state.Count == 69);
        running.Outbox.Receipted(_journal.Epoch, 120);
        await running.UntilAsync(state => state.Count == 29);
        Assert.Equal([(OutboxConditions.Backlog, true), (OutboxConditions.Backlog, false)], running.Conditions);
    }

    [Fact]
    public async Task Set_aside_files_do_not_fill_the_disk()
    {
        _journal.Append(10);
        for (var i = 0; i < 5; i++)
        {
            await using (var running = new RunningOutbox(Folder, _journal))
            {
                await running.UntilFilledAsync();
            }

            File.Delete(Path.Combine(Folder, "outbox.marker"));
        }

        Assert.Equal(["000003", "000004"], Directory.GetDirectories(Path.Combine(Folder, "set-aside")).Select(Path.GetFileName).Order());
    }

    /// <summary>Random life of an outbox: appended, offered or missed, receipted, stopped in order, killed. Whatever is not receipted is always there, dense and whole.</summary>
    [Fact]
    [Trait("Category", "Long")]
    public async Task Whatever_happens_every_event_that_is_not_receipted_is_read_in_order()
    {
        var steps = Gen.Select(Gen.Int[0, 9], Gen.Int[1, 700]).Array[1, 12];
        for (uint seed = 1; seed <= 8; seed++)
        {
            await LiveAsync(steps.Generate(new PCG(seed), null, out _), $"{Folder}-{seed}");
        }
    }

    private static async Task LiveAsync((int What, int Amount)[] steps, string folder)
    {
        var journal = new JournalDouble();
        var through = 0L;
        var running = new RunningOutbox(folder, journal);
        foreach (var (what, amount) in steps)
        {
            switch (what)
            {
                case <= 4:
                    running.Outbox.Offer(journal.Append(amount));
                    break;
                case 5:
                    journal.Append(amount); // an offer that never came
                    break;
                case <= 7:
                    await running.UntilFilledAsync();
                    through = Math.Min(through + amount, running.Outbox.State.Epochs[^1].Last);
                    running.Outbox.Receipted(journal.Epoch, through);
                    break;
                case 8:
                    await running.DisposeAsync();
                    running = new(folder, journal);
                    break;
                default:
                    var copy = await RunningOutbox.KilledCopyAsync(folder);
                    await running.DisposeAsync();
                    running = new(folder = copy, journal);
                    break;
            }
        }

        var last = journal.Append(1);
        running.Outbox.Offer(last);
        await running.UntilAsync(state => state.Epochs[^1].Readable == last[0].Seq);
        var events = await running.ReadAllAsync(journal.Epoch, through + 1);
        AssertDense(events, through + 1, last[0].Seq, journal);
        await running.DisposeAsync();
    }

    private static void AssertDense(List<StoredEvent> events, long first, long last, JournalDouble journal)
    {
        Assert.Equal(last - first + 1, events.Count);
        for (var i = 0; i < events.Count; i++)
        {
            Assert.Equal(first + i, events[i].Seq);
            Assert.True(events[i].Payload.Span.SequenceEqual(journal.Bytes(events[i].Epoch, events[i].Seq).Span));
        }
    }

    private void AssertDense(List<StoredEvent> events, long first, long last) => AssertDense(events, first, last, _journal);
}
