using System.Runtime.CompilerServices;
using System.Text;

namespace EdgeAlarm.Verbs;

/// <summary>
/// Lines of standard input. <see cref="Console.In"/> blocks whoever reads it, by its asynchronous methods too, and cannot be cancelled: each line is read on a
/// thread of the pool, which is left behind where nobody types any more.
/// </summary>
internal static class ConsoleLines
{
    /// <summary>What is longer than this is cut off: nobody types it.</summary>
    public const int CharactersMax = 1000;

    /// <summary>The lines as they come; returns to its caller at once.</summary>
    public static async IAsyncEnumerable<string> ReadAsync(TextReader input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ended = '\n';
        while (await Task.Run(() => ReadLine(input, ref ended), cancellationToken).WaitAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }

    // the Enter key is a carriage return where the console has switched the terminal's translation off
    private static string? ReadLine(TextReader input, ref char ended)
    {
        var line = new StringBuilder();
        var character = input.Read();
        if (character == '\n' && ended == '\r')
        {
            character = input.Read();
        }

        for (; character is not (-1 or '\n' or '\r'); character = input.Read())
        {
            if (line.Length < CharactersMax)
            {
                line.Append((char)character);
            }
        }

        ended = character == '\r' ? '\r' : '\n';
        return character == -1 && line.Length == 0 ? null : line.ToString();
    }
}
