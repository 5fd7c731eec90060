using EdgeAlarm.Verbs;

namespace EdgeAlarm.Tests.Verbs;

public sealed class ConsoleLinesTests
{
    [Fact]
    public async Task A_terminal_on_which_nobody_types_holds_up_neither_the_start_nor_the_end()
    {
        using var silent = new SilentReader();
        using var ending = new CancellationTokenSource();

        var next = ConsoleLines.ReadAsync(silent, ending.Token).GetAsyncEnumerator(ending.Token).MoveNextAsync().AsTask();
        await ending.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        silent.Close();
    }

    [Fact]
    public async Task A_line_without_end_is_cut_off_and_the_next_one_is_read()
    {
        using var input = new StringReader(new string('x', 5_000_000) + "\r\na\nlast");

        var lines = await ConsoleLines.ReadAsync(input, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal([ConsoleLines.CharactersMax, 1, 4], lines.Select(line => line.Length));
    }

    // a terminal whose translation is off sends a carriage return alone
    [Fact]
    public async Task The_enter_key_ends_a_line_whatever_the_terminal_makes_of_it()
    {
        using var input = new StringReader("a\ra\r\nb\nc\r");

        var lines = await ConsoleLines.ReadAsync(input, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["a", "a", "b", "c"], lines);
    }

    /// <summary>Blocks its reader like a terminal until it is closed.</summary>
    private sealed class SilentReader : TextReader
    {
        private readonly ManualResetEventSlim _closed = new();

        public override int Read()
        {
            _closed.Wait();
            return -1;
        }

        public override void Close() => _closed.Set();
    }
}
