using EdgeAlarm.Composition;
using EdgeAlarm.Engine;

namespace EdgeAlarm.Tests.Composition;

public sealed class OutcomeWordsTests
{
    [Fact]
    public void Every_outcome_has_words_of_its_own_that_an_operator_understands()
    {
        var words = Enum.GetValues<CommandOutcome>().Select(OutcomeWords.Of).ToList();

        Assert.All(words, text => Assert.EndsWith(".", text, StringComparison.Ordinal));
        Assert.Equal(words.Count, words.Distinct(StringComparer.Ordinal).Count());
    }
}
