using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EdgeAlarm.TestServers;

/// <summary>One child process of a test with its last output lines; only this process is ever signalled.</summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private const int LinesMax = 200;
    private static readonly TimeSpan ExitMax = TimeSpan.FromSeconds(20);
    private readonly Process process;
    private readonly Queue<string> lines = new();

    private ServerProcess(Process process) => this.process = process;

    /// <summary>POSIX signals that tests send.</summary>
    public enum Signal
    {
        /// <summary>Hang up: the gateway takes its edited files.</summary>
        HangUp = 1,

        /// <summary>Interrupt (PostgreSQL: fast stop).</summary>
        Interrupt = 2,

        /// <summary>Quit (PostgreSQL: immediate stop without a checkpoint).</summary>
        Quit = 3,

        /// <summary>kill -9.</summary>
        Kill = 9,

        /// <summary>Terminate.</summary>
        Terminate = 15,

        /// <summary>Continue after <see cref="Stop"/>.</summary>
        Continue = 18,

        /// <summary>Freeze: sockets stay open, nothing answers.</summary>
        Stop = 19,
    }

    /// <summary>Process id.</summary>
    public int Id => process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>User and system time so far.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The last output lines, for messages.</summary>
    public string Output
    {
        get
        {
            lock (lines)
            {
                return string.Join('\n', lines);
            }
        }
    }

    /// <summary>Finds a program, or says what to install.</summary>
    /// <exception cref="InvalidOperationException">It is not there.</exception>
    public static string Find(string program, string package, params string[] folders)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(path).Concat(["/usr/sbin", "/usr/local/sbin"]).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"{program} not found: run bash tests/run or apt-get install {package}");
    }

    /// <summary>Starts a program.</summary>
    /// <exception cref="InvalidOperationException">It cannot be started.</exception>
    public static ServerProcess Start(string program, IEnumerable<string> arguments, string workingFolder)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var server = new ServerProcess(new Process { StartInfo = start });
        server.process.OutputDataReceived += (_, line) => server.Keep(line.Data);
        server.process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        try
        {
            server.process.Start();
        }
        catch (Win32Exception fault)
        {
            throw new InvalidOperationException($"{program} cannot be started: {fault.Message}", fault);
        }

        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It ended with an exit code other than 0; the message has its output.</exception>
    public static async Task RunAsync(string program, IEnumerable<string> arguments, string workingFolder, CancellationToken cancellationToken = default)
    {
        await using var server = Start(program, arguments, workingFolder);
        await server.process.WaitForExitAsync(cancellationToken);
        if (server.process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {server.process.ExitCode}:\n{server.Output}");
        }
    }

    /// <summary>Sends a signal to this process, if it still runs.</summary>
    public void Send(Signal signal)
    {
        if (!process.HasExited)
        {
            _ = Kill(process.Id, (int)signal);
        }
    }

    /// <summary>Sends a signal and waits for the end; what does not end in 20 s is killed.</summary>
    public async Task EndAsync(Signal signal)
    {
        Send(signal);
        using var patience = new CancellationTokenSource(ExitMax, TimeProvider.System);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Send(Signal.Kill);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Waits for the end of a process that ends by itself; the output is complete then.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="InvalidOperationException">It still runs; the message has its output.</exception>
    public async Task<int> ExitAsync(TimeSpan within, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(within);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{process.StartInfo.FileName} still runs after {within}:\n{Output}", late);
        }

        return process.ExitCode;
    }

    /// <summary>Waits until a condition holds while the process lives.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or the time is over; the message has its output.</exception>
    public async Task UntilAsync(Func<CancellationToken, Task<bool>> ready, TimeSpan within, CancellationToken cancellationToken = default)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await ready(cancellationToken))
        {
            if (process.HasExited)
            {
                // what it said last is read only now, and says why
                await ExitAsync(ExitMax, cancellationToken);
                throw new InvalidOperationException($"{process.StartInfo.FileName} ended:\n{Output}");
            }

            if (TimeProvider.System.GetElapsedTime(since) > within)
            {
                throw new InvalidOperationException($"{process.StartInfo.FileName} not ready within {within}:\n{Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Send(Signal.Continue);
            await EndAsync(Signal.Kill);
        }

        process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int id, int signal);

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > LinesMax)
            {
                lines.Dequeue();
            }
        }
    }
}
