namespace EdgeAlarm.Benchmarks.OpcUa;

/// <summary>
/// The OPC UA client as the gateway uses it, in a process of its own, beside the node-opcua client against the same server in the same run: 10,000 tags with ten changes a
/// second each, without and with security; connecting; memory; a calm plant; and how many values a second one core could take at most.
/// </summary>
internal static class OpcUaBenchmark
{
    private const int Tags = 10_000;
    private const int ChangesPerTag = 10;
    private const int ValuesPerMessage = 1_000;
    private const string Peer = "node-opcua client";

    /// <summary>Measures.</summary>
    /// <param name="isQuick">Whether short windows do: a test of the benchmark, not of the client.</param>
    internal static async Task<IReadOnlyList<Figure>> RunAsync(bool isQuick)
    {
        var (warmUp, measured) = isQuick ? (1.0, 2.0) : (8.0, 30.0);
        var figures = new List<Figure>(DecodingBenchmark.Run(isQuick ? 0.3 : 3));
        figures.AddRange(await LoadAsync(warmUp, measured));
        figures.AddRange(await IdleAsync(warmUp, measured));
        figures.AddRange(await CeilingAsync(warmUp, measured / 3));
        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> LoadAsync(double warmUp, double measured)
    {
        await using var server = await BenchmarkServer.SimulatorAsync(Tags);
        var figures = new List<Figure>();
        var empty = await Clients.EmptyProcessAsync();
        foreach (var secured in new[] { false, true })
        {
            var security = Security(secured);
            var load = new ClientLoad(server.Url, Tags, secured, server.CertificatesOf("ours"), warmUp, measured);
            var cpu = server.CpuSeconds;
            var ours = await Clients.OursAsync(load);
            var serverShare = (server.CpuSeconds - cpu) / (ours.ConnectSeconds + warmUp + ours.Seconds) * 100;
            var peer = await Clients.NodeAsync(load with { Certificates = server.CertificatesOf("peer") });
            figures.AddRange(
            [
                new($"{security}, values", ours.Values / ours.Seconds, "values/s", Tags * ChangesPerTag, "what the plant changes"),
                new($"{security}, values of the peer", peer.Values / peer.Seconds, "values/s", Tags * ChangesPerTag, "what the plant changes"),
                new($"{security}, CPU for a million values", ours.CpuPerMillion(), "CPU-s", peer.CpuPerMillion(), Peer),
                new($"{security}, allocated", ours.AllocatedBytes / (double)ours.Values, "B/value"),
                new($"{security}, allocated", ours.AllocatedBytes / (double)ours.Messages, "B/message"),
                new($"{security}, peak memory above an empty process", Mebibytes(ours.PeakBytes - empty), "MiB", Mebibytes(peer.PeakBytes), $"whole {Peer}"),
                new($"{security}, core of the server in it", serverShare, "%"),
            ]);
            figures.Add(await ConnectAsync(security, load with { WarmUpSeconds = 0, MeasureSeconds = 0 }, server.CertificatesOf("peer")));
        }

        figures.Add(new("peak memory of an empty process", Mebibytes(empty), "MiB"));
        return figures;
    }

    private static async Task<Figure> ConnectAsync(string security, ClientLoad load, string peerCertificates)
    {
        var (ours, peer) = (new List<double>(), new List<double>());
        for (var i = 0; i < 5; i++)
        {
            ours.Add((await Clients.OursAsync(load)).ConnectSeconds);
            peer.Add((await Clients.NodeAsync(load with { Certificates = peerCertificates })).ConnectSeconds);
        }

        return new($"{security}, cold connect until all items exist, median", Median(ours), "s", Median(peer), Peer);
    }

    private static async Task<IReadOnlyList<Figure>> IdleAsync(double warmUp, double measured)
    {
        await using var server = await BenchmarkServer.ReplayAsync(Tags, valuesPerMessage: 10, intervalMs: 100);
        var figures = new List<Figure>();
        foreach (var secured in new[] { false, true })
        {
            var ours = await Clients.OursAsync(new(server.Url, Tags, secured, server.CertificatesOf("ours"), warmUp, measured));
            figures.Add(new($"{Security(secured)}, core for {ours.Values / ours.Seconds:F0} values/s of {Tags:N0} tags", ours.CpuShare(), "%", 1, "1 % of a core"));
        }

        return figures;
    }

    private static async Task<IReadOnlyList<Figure>> CeilingAsync(double warmUp, double measured)
    {
        await using var server = await BenchmarkServer.ReplayAsync(Tags, ValuesPerMessage, intervalMs: 0);
        var figures = new List<Figure>();
        foreach (var secured in new[] { false, true })
        {
            var ours = await Clients.OursAsync(new(server.Url, Tags, secured, server.CertificatesOf("ours"), warmUp, measured));
            figures.Add(new($"{Security(secured)}, most values for a second of CPU", ours.Values / ours.CpuSeconds, "values/CPU-s", 5e6, "five million"));
            figures.Add(new($"{Security(secured)}, values of it", ours.Values / ours.Seconds, "values/s"));
            figures.Add(new($"{Security(secured)}, allocated at most values", ours.AllocatedBytes / (double)ours.Values, "B/value"));
        }

        return figures;
    }

    private static string Security(bool secured) => secured ? "Basic256Sha256 SignAndEncrypt" : "None";

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double Mebibytes(long bytes) => bytes / 1048576.0;
}
