using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Tests.BuiltInTypes;

public sealed class VariantTests
{
    [Fact]
    public void Numbers_are_read_as_doubles_and_nothing_else_is()
    {
        Assert.Equal(-2.0, Variant.From((sbyte)-2).AsDouble());
        Assert.Equal(18_446_744_073_709_551_615.0, Variant.From(ulong.MaxValue).AsDouble());
        Assert.Equal(-6.5, Variant.From(-6.5f).AsDouble());
        Assert.Equal(1.0, Variant.From(true).AsDouble());
        Assert.All(
            [default, Variant.From("1"), Variant.FromDateTimeTicks(1), Variant.FromArray(new[] { 1.0 }), Variant.From(StatusCodes.Bad)],
            value => Assert.True(double.IsNaN(value.AsDouble())));
    }

    [Fact]
    public void Integers_are_read_only_where_they_fit()
    {
        Assert.True(Variant.From(-5).TryGetInt64(out var signed));
        Assert.Equal(-5, signed);
        Assert.True(Variant.From(ulong.MaxValue).TryGetUInt64(out var unsigned));
        Assert.Equal(ulong.MaxValue, unsigned);
        Assert.False(Variant.From(ulong.MaxValue).TryGetInt64(out _));
        Assert.False(Variant.From(-5).TryGetUInt64(out _));
        Assert.False(Variant.From(1.0).TryGetInt64(out _));
        Assert.False(Variant.FromArray(new[] { 1 }).TryGetInt64(out _));
    }

    [Fact]
    public void Equality_compares_contents_and_shape()
    {
        Assert.Equal(Variant.From(double.NaN), Variant.From(double.NaN));
        Assert.NotEqual(Variant.From(0.0), Variant.From(-0.0));
        Assert.NotEqual(Variant.From(1), Variant.From(1L));
        Assert.Equal(Variant.FromArray(new[] { double.NaN }), Variant.FromArray(new[] { double.NaN }));
        Assert.NotEqual(Variant.FromArray(new[] { 1.0 }), Variant.FromArray(new[] { 2.0 }));
        Assert.NotEqual(Variant.FromArray(new int[6]), Variant.FromMatrix(new int[6], 2, 3));
        Assert.NotEqual(Variant.FromMatrix(new int[6], 3, 2), Variant.FromMatrix(new int[6], 2, 3));
        Assert.NotEqual(Variant.FromArray<int>(null), Variant.FromArray(Array.Empty<int>()));
        Assert.NotEqual(Variant.From((string?)null), default);
    }

    [Fact]
    public void A_matrix_has_the_elements_that_its_dimensions_say()
    {
        Assert.Throws<ArgumentException>(() => Variant.FromMatrix(new int[5], 2, 3));
        Assert.Throws<ArgumentException>(() => Variant.FromMatrix(new int[6], 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => Variant.FromMatrix(new int[6], -2, -3));
        Assert.Equal([2, 3], Variant.FromMatrix(new int[6], 2, 3).Dimensions.ToArray());
    }

    [Fact]
    public void The_text_form_does_not_depend_on_the_culture()
    {
        Assert.Equal("1.5", Variant.From(1.5).ToString());
        Assert.Equal("null", Variant.From((string?)null).ToString());
        Assert.Equal("Double[2,3]", Variant.FromMatrix(new double[6], 2, 3).ToString());
    }
}
