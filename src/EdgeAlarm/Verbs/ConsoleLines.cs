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
        while (await Task.Run(() => ReadLine(input), cancellationToken).WaitAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }

    private static string? ReadLine(TextReader input)
    {
        var line = new StringBuilder();
        int character;
        while ((character = input.Read()) is not (-1 or '\n'))
        {
            if (line.Length < CharactersMax)
            {
                line.Append((char)character);
            }
        }

        return character == -1 && line.Length == 0 ? null : line.ToString().TrimEnd('\r');
    }
}
