using System.CommandLine;
using EdgeAlarm.Composition;
using EdgeAlarm.Gateway.Configuration;
using EdgeAlarm.PlantSimulator;
using EdgeAlarm.PlantSimulator.Scenarios;
using Microsoft.Extensions.Logging;

namespace EdgeAlarm.Verbs;

/// <summary><c>edgealarm simulate</c>: an OPC UA server that plays a plant from a scenario file.</summary>
internal static class SimulateVerb
{
    public static Command Command()
    {
        var scenario = new Argument<string?>("scenario") { Description = "The scenario file; without one the plant runs by itself.", Arity = ArgumentArity.ZeroOrOne };
        var port = new Option<int>("--port") { Description = "TCP port on loopback; 0 takes a free one.", HelpName = "PORT", DefaultValueFactory = _ => 4840 };
        var speed = new Option<double>("--speed") { Description = "How many times faster than the clock the scenario plays.", HelpName = "FACTOR", DefaultValueFactory = _ => 1 };
        var tags = new Option<int>("--tags") { Description = "Further tags for load tests.", HelpName = "COUNT" };
        var certificates = new Option<string>("--certificates")
        {
            Description = "The simulator's own certificate folder; clients are trusted by a file in its trusted/ folder.",
            DefaultValueFactory = _ => Path.Combine("data", "simulator", "certs"),
            HelpName = "FOLDER",
        };
        var acceptUnknown = new Option<bool>("--accept-unknown-clients") { Description = "Let in clients whose certificate nobody has trusted." };
        var none = new Option<bool>("--allow-none") { Description = "Offer an endpoint without security, too." };
        var anonymous = new Option<bool>("--anonymous") { Description = "Let in clients without a user name." };
        var user = new Option<string?>("--user") { Description = "A user name that is let in.", HelpName = "NAME" };
        var userCertificates = new Option<string?>("--user-certificates") { Description = "Certificate folder of users; a certificate in its trusted/ folder is let in.", HelpName = "FOLDER" };
        var passwordFile = new Option<string?>("--password-file") { Description = "File whose first line is that user's password.", HelpName = "FILE" };
        var valueLog = new Option<string?>("--value-log") { Description = "File for a line about every value that is set.", HelpName = "FILE" };
        var command = new Command("simulate", "Play a plant behind a real OPC UA server. Commands on standard input: cut | lose 5s | set TAG VALUE | quality TAG NAME.")
        {
            scenario, port, speed, tags, certificates, acceptUnknown, none, anonymous, user, passwordFile, userCertificates, valueLog,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(user) is null != result.GetValue(passwordFile) is null)
            {
                result.AddError("--user and --password-file belong together.");
            }
            else if (result.GetValue(user) is null && result.GetValue(userCertificates) is null && !result.GetValue(anonymous))
            {
                result.AddError("Nobody could log in: give --user NAME --password-file FILE, --user-certificates FOLDER, or --anonymous.");
            }
        });
        command.SetAction((result, cancellationToken) => RunAsync(result.GetValue(scenario), new PlantServerOptions
        {
            Port = result.GetValue(port),
            Speed = result.GetValue(speed),
            LoadTags = result.GetValue(tags),
            CertificateFolder = result.GetValue(certificates),
            UserCertificateFolder = result.GetValue(userCertificates),
            AcceptsUnknownClients = result.GetValue(acceptUnknown),
            AllowsNone = result.GetValue(none),
            AllowsAnonymous = result.GetValue(anonymous),
            ValueLog = result.GetValue(valueLog),
        }, result.GetValue(user), result.GetValue(passwordFile), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? scenarioFile, PlantServerOptions options, string? user, string? passwordFile, CancellationToken cancellationToken)
    {
        using var logging = new Logging(folder: null, console: true);
        try
        {
            if (scenarioFile is not null)
            {
                var reading = ScenarioText.Read(scenarioFile, await File.ReadAllTextAsync(scenarioFile, cancellationToken));
                foreach (var fault in reading.Faults)
                {
                    await Console.Error.WriteLineAsync(fault.ToString());
                }

                if (reading.Scenario is null)
                {
                    return ExitCode.CouldNotRun;
                }

                options = options with { Scenario = reading.Scenario };
            }

            if (user is not null)
            {
                options = options with { Users = new Dictionary<string, string>(StringComparer.Ordinal) { [user] = SecretFile.Read(passwordFile!) } };
            }

            using var server = new PlantServer(options, TimeProvider.System, logging.Factory.CreateLogger<PlantServer>());
            Announce(server, options);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var plant = server.RunAsync(cancellationToken);
            var commands = SimulatorCommands.RunAsync(server, Console.In, Console.Out, ending.Token); // only a plant that runs obeys
            await plant;
            await ending.CancelAsync();
            await commands.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCode.Done;
        }
        catch (Exception failure) when (failure is PlantServerException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return ExitCode.CouldNotRun;
        }
    }

    private static void Announce(PlantServer server, PlantServerOptions options)
    {
        Console.WriteLine($"The plant is at {server.EndpointUrl}; its certificate is in {Path.Combine(options.CertificateFolder!, "own")}. Ctrl+C ends it.");
        if (server.LeftToOthers.Count > 0)
        {
            Console.WriteLine($"{server.LeftToOthers.Count} steps of the scenario are not the plant's and are left out: lines {string.Join(", ", server.LeftToOthers.Select(step => step.Line))}.");
        }
    }
}
