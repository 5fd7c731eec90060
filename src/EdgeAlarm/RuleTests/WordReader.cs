using EdgeAlarm.PlantSimulator.Scenarios;

namespace EdgeAlarm.RuleTests;

/// <summary>The words of one step behind its first, read from left to right; the first fault is kept and ends the reading of the step.</summary>
internal sealed class WordReader(string file, ScenarioStep step, IReadOnlyList<ScenarioWord> words)
{
    private int _next;

    /// <summary>What is wrong; null where nothing is.</summary>
    public ScenarioFault? Fault { get; private set; }

    public bool AtEnd => _next >= words.Count;

    public ScenarioWord Peek => AtEnd ? new("", words.Count == 0 ? step.Text.Length + 1 : words[^1].Column + words[^1].Text.Length) : words[_next];

    public ScenarioWord Take()
    {
        var word = Peek;
        _next++;
        return word;
    }

    /// <summary>Takes the next words if they are these.</summary>
    public bool TakeIf(params ReadOnlySpan<string> keywords)
    {
        for (var i = 0; i < keywords.Length; i++)
        {
            if (_next + i >= words.Count || !string.Equals(words[_next + i].Text, keywords[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        _next += keywords.Length;
        return true;
    }

    public bool Expect(string keyword) => TakeIf(keyword) || Fail(Peek, $"`{keyword}`");

    /// <summary>A duration above zero.</summary>
    public bool TakeDuration(out TimeSpan duration) =>
        (ScenarioDuration.TryParse(Peek.Text, out duration) && duration > TimeSpan.Zero) ? Skip() : Fail(Peek, ScenarioDuration.Allowed);

    /// <summary>A name of a list; its place in it.</summary>
    public bool TakeName(IReadOnlyList<string> names, string what, out int index)
    {
        index = names.IndexOf(Peek.Text);
        return index >= 0 ? Skip() : Fail(Peek, $"{what}: {string.Join(", ", names.Take(8))}{(names.Count > 8 ? ", ..." : "")}");
    }

    /// <summary>A text in quotes, or one word.</summary>
    public bool TakeText(string what, out string text)
    {
        text = Peek.Text.Trim('"');
        return text.Length > 0 ? Skip() : Fail(Peek, what);
    }

    public bool ExpectEnd() => AtEnd || Fail(Peek, "nothing more on this line");

    public bool Fail(ScenarioWord word, string allowed)
    {
        Fault ??= new(file, step.Line, word.Column, word.Text, allowed);
        return false;
    }

    private bool Skip()
    {
        _next++;
        return true;
    }
}
