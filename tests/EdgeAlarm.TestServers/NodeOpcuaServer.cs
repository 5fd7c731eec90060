using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeAlarm.TestServers;

/// <summary>
/// A real node-opcua server with a scripted plant in namespace <see cref="PlantNamespace"/>, commanded over its stdin; see tests/peers/node-opcua/server.mjs.
/// It can be stopped and started again on its port with its certificate.
/// </summary>
public sealed class NodeOpcuaServer : IAsyncDisposable
{
    /// <summary>Namespace of the variables.</summary>
    public const string PlantNamespace = "urn:edgealarm:test-plant";

    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(60);
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);
    private readonly TemporaryFolder folder = new("node-opcua");
    private readonly NodeOpcuaOptions options;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> waiting = new();
    private readonly ConcurrentQueue<string> errors = new();
    private Process? process;
    private TaskCompletionSource<JsonElement> ready = new();
    private int starts;
    private int commands;

    private NodeOpcuaServer(NodeOpcuaOptions options) => this.options = options;

    /// <summary>opc.tcp URL.</summary>
    public Uri Url { get; private set; } = new("opc.tcp://127.0.0.1:0");

    /// <summary>The port, the same after each restart.</summary>
    public int Port { get; private set; }

    /// <summary>DER file of its certificate.</summary>
    public string CertificateFile { get; private set; } = "";

    /// <summary>The value log of the present start: <c>ticks,tag,value,status</c>.</summary>
    public string ValueLogFile { get; private set; } = "";

    /// <summary>The NodeId by URI of a variable.</summary>
    public static string Address(int tag) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"nsu={PlantNamespace};s=Tag{tag:D4}");

    /// <summary>Starts a server; runs <c>npm ci</c> first where that was not done.</summary>
    /// <exception cref="InvalidOperationException">node or npm are not installed, or the server does not start; the message has its output.</exception>
    public static async Task<NodeOpcuaServer> StartAsync(NodeOpcuaOptions options)
    {
        var server = new NodeOpcuaServer(options);
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again after <see cref="StopAsync"/> or <see cref="Kill"/>, with an empty memory and a value log of its own.</summary>
    public async Task StartAgainAsync()
    {
        var peer = PeerFolder();
        if (!Directory.Exists(Path.Combine(peer, "node_modules")))
        {
            await ServerProcess.RunAsync(ServerProcess.Find("npm", "npm"), ["ci", "--no-audit", "--no-fund"], peer);
        }

        process?.Dispose();
        ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ValueLogFile = folder.File(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"values-{++starts}.csv"));
        var configuration = JsonSerializer.SerializeToNode(options, Camel)!.AsObject();
        configuration["port"] = Port;
        configuration["pki"] = folder.File("pki");
        configuration["valueLog"] = ValueLogFile;
        process = new Process
        {
            StartInfo = new(ServerProcess.Find("node", "nodejs"), ["server.mjs", configuration.ToJsonString()])
            {
                WorkingDirectory = peer, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            },
        };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => KeepError(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var answer = await WaitAsync(ready.Task);
        Port = answer.GetProperty("port").GetInt32();
        Url = new Uri(answer.GetProperty("url").GetString()!);
        CertificateFile = answer.GetProperty("certificate").GetString()!;
    }

    /// <summary>Sets a tag; a null status is Good.</summary>
    public Task SetAsync(int tag, double value, string? status = null) =>
        CommandAsync(new JsonObject { ["do"] = "set", ["tag"] = Name(tag), ["value"] = value, ["status"] = status ?? "Good" });

    /// <summary>The NodeId by URI of a variable of types.mjs.</summary>
    public static string TypedAddress(string name) => $"nsu={PlantNamespace};s={name}";

    /// <summary>Sets a number of types.mjs, at a source time in .NET ticks or now.</summary>
    public Task SetTypedAsync(string name, double value, long? ticks = null)
    {
        var command = new JsonObject { ["do"] = "setTyped", ["name"] = name, ["value"] = value };
        if (ticks is { } time)
        {
            command["ticks"] = time.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return CommandAsync(command);
    }

    /// <summary>Gives the variable Motor of types.mjs a speed and status bits.</summary>
    public Task SetMotorAsync(double speed, int bits) => CommandAsync(new JsonObject { ["do"] = "setTyped", ["name"] = "Motor", ["value"] = speed, ["bits"] = bits });

    /// <summary>Stops the ticks; when it returns, the value log is complete.</summary>
    public Task PauseAsync() => CommandAsync(new JsonObject { ["do"] = "pause" });

    /// <summary>Lets the ticks go on.</summary>
    public Task ResumeAsync() => CommandAsync(new JsonObject { ["do"] = "resume" });

    /// <summary>Destroys all sockets; sessions and subscriptions live on.</summary>
    public Task CutAsync() => CommandAsync(new JsonObject { ["do"] = "cut" });

    /// <summary>Takes a variable out of the address space.</summary>
    public Task RemoveAsync(int tag) => CommandAsync(new JsonObject { ["do"] = "remove", ["tag"] = Name(tag) });

    /// <summary>Puts it back.</summary>
    public Task AddAsync(int tag) => CommandAsync(new JsonObject { ["do"] = "add", ["tag"] = Name(tag) });

    /// <summary>How many sessions and subscriptions the server holds.</summary>
    public async Task<(int Sessions, int Subscriptions)> CountsAsync()
    {
        var answer = await CommandAsync(new JsonObject { ["do"] = "counts" });
        return (answer.GetProperty("sessions").GetInt32(), answer.GetProperty("subscriptions").GetInt32());
    }

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        process?.Kill();
        process?.WaitForExit();
    }

    /// <summary>An orderly stop.</summary>
    public async Task StopAsync()
    {
        if (process is { HasExited: false })
        {
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(AnswerMax, TimeProvider.System);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Kill();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            Kill();
            process.Dispose();
        }

        folder.Dispose();
        await Task.CompletedTask;
    }

    private static string Name(int tag) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Tag{tag:D4}");

    private static string PeerFolder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "tests", "peers", "node-opcua");
            if (File.Exists(Path.Combine(candidate, "server.mjs")))
            {
                return candidate;
            }
        }

        throw new InvalidOperationException($"tests/peers/node-opcua not found above {AppContext.BaseDirectory}");
    }

    private async Task<JsonElement> CommandAsync(JsonObject command)
    {
        var id = Interlocked.Increment(ref commands);
        command["id"] = id;
        var answer = waiting.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        await process!.StandardInput.WriteLineAsync(command.ToJsonString());
        await process.StandardInput.FlushAsync();
        var result = await WaitAsync(answer.Task);
        return result.TryGetProperty("error", out var error) ? throw new InvalidOperationException($"{command}: {error}") : result;
    }

    private async Task<JsonElement> WaitAsync(Task<JsonElement> answer)
    {
        var ended = process!.WaitForExitAsync();
        if (await Task.WhenAny(answer, ended, Task.Delay(AnswerMax, TimeProvider.System)) == answer)
        {
            return await answer;
        }

        throw new InvalidOperationException($"node-opcua {(process.HasExited ? "ended" : "does not answer")}:\n{string.Join('\n', errors)}");
    }

    private void Take(string? line)
    {
        if (line is null || !line.StartsWith('{'))
        {
            KeepError(line);
            return;
        }

        var message = JsonDocument.Parse(line).RootElement;
        if (message.TryGetProperty("ready", out _))
        {
            ready.TrySetResult(message);
        }
        else if (waiting.TryRemove(message.GetProperty("answer").GetInt32(), out var answer))
        {
            answer.TrySetResult(message);
        }
    }

    private void KeepError(string? line)
    {
        if (line is not null)
        {
            errors.Enqueue(line);
            if (errors.Count > 200)
            {
                errors.TryDequeue(out _);
            }
        }
    }
}
