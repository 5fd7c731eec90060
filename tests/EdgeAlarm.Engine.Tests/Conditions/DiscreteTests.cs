namespace EdgeAlarm.Engine.Tests.Conditions;

/// <summary>States and alarm words (alarm life cycle §4, discrete and bit-pattern).</summary>
public class DiscreteTests
{
    [Theory]
    [InlineData("0i -; 3i on; 4i -; 5 on; 7i on; 8i -; true -")]
    public void A_value_of_the_set_is_abnormal_whatever_its_type(string story) =>
        Assert.Equal(story, StoryOf.Values(Plants.Alarm(type: ConditionType.InSet, setpoint: 0, deadband: 0) with { Set = new([3, 5, 7]) }, story));

    [Theory]
    [InlineData(0x20ul, 0x20ul, false, "0x00 -; 0x20 on; 0xFF on; 0xDF -; -1i on; -33i -")]
    [InlineData(0x20ul, 0x00ul, false, "0x00 on; 0x20 -; 0xDF on; -1i -")]
    [InlineData(0x0Ful, 0x03ul, false, "0x03 on; 0x07 -; 0xF3 on; 3i on; 0x00 -")]
    [InlineData(0x0Ful, 0x03ul, true, "0x03 -; 0x07 on; 0xF3 -")]
    [InlineData(0xF0ul, 0x00ul, true, "0x0F -; 0x10 on; 0x80 on; 0x00 -")]
    [InlineData(0x8000_0000_0000_0000ul, 0x8000_0000_0000_0000ul, false, "0x7FFFFFFFFFFFFFFF -; 0x8000000000000000 on; -1i on; 1i -")]
    [InlineData(0x01ul, 0x01ul, false, "true on; false -")]
    public void Bits_of_a_word_are_abnormal_as_the_definition_says(ulong mask, ulong pattern, bool differs, string story) =>
        Assert.Equal(story, StoryOf.Values(Plants.Alarm(type: ConditionType.Mask, setpoint: 0, deadband: 0) with { Bits = new(mask, pattern, differs) }, story));

    [Theory]
    [InlineData("1i -; 2i on; 3.0 on; none on; 1i -; 2.0 -; 2i on")]
    public void A_word_that_a_download_turned_into_a_real_number_is_held(string story)
    {
        // Two bits of a real number say nothing: the state stays as it was, and is taken up again when the word is one again.
        var bits = Plants.Alarm(type: ConditionType.Bit, setpoint: 1, deadband: 0) with { Bits = new(2, 2, Differs: false) };

        Assert.Equal(story, StoryOf.Values(bits, story));
    }

    [Fact]
    public void While_a_word_is_a_real_number_the_alarm_says_that_it_is_not_armed()
    {
        var plant = new PlantRig(Plants.With(Plants.Alarm(type: ConditionType.Bit, setpoint: 1, deadband: 0) with { Bits = new(2, 2, Differs: false) }));

        Assert.Equal("1i -; 2.0 -", StoryOf.Run(plant, "1i; 2.0"));
        Assert.Equal(ArmedReason.Undefined, plant.Engine.Armed(0).Reason);
        Assert.Equal("2 A0 ArmedLost Normal (the condition has no answer for these values)", plant.Told());
        plant.Step(PlantRig.SampleOf(0, TagValue.From(1L), 3, 3));
        Assert.True(plant.Engine.Armed(0).IsArmed);
        Assert.Equal("3 A0 ArmedRestored Normal", plant.Told());
    }
}
