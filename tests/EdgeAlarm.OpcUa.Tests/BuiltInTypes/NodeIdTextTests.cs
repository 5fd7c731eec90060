using EdgeAlarm.OpcUa.BuiltInTypes;

namespace EdgeAlarm.OpcUa.Tests.BuiltInTypes;

/// <summary>The text forms that people write into tag lists (OPC 10000-6 §5.3.1.10, §5.3.1.11).</summary>
public sealed class NodeIdTextTests
{
    [Fact]
    public void The_text_forms_are_read()
    {
        Assert.Equal(NodeId.Numeric(0, 2258), NodeId.Parse("i=2258"));
        Assert.Equal(NodeId.Text(2, "PLC1;DB=10.\"Level\""), NodeId.Parse("ns=2;s=PLC1;DB=10.\"Level\""));
        Assert.Equal(NodeId.Opaque(4, "Man"u8), NodeId.Parse("ns=4;b=TWFu"));
        Assert.Equal(new ExpandedNodeId(NodeId.Text(0, "LT101"), "urn:plant"), ExpandedNodeId.Parse("nsu=urn:plant;s=LT101"));
        Assert.Equal(new ExpandedNodeId(NodeId.Numeric(0, 1), "a;b%c", 3), ExpandedNodeId.Parse("svr=3;nsu=a%3Bb%25c;i=1"));
        Assert.Equal(new ExpandedNodeId(NodeId.Text(2, "LT101")), ExpandedNodeId.Parse("ns=2;s=LT101"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("LT101")]
    [InlineData("i=")]
    [InlineData("i=-1")]
    [InlineData("i=4294967296")]
    [InlineData("i= 1")]
    [InlineData("ns=65536;i=1")]
    [InlineData("ns=2")]
    [InlineData("ns=2;")]
    [InlineData("x=1")]
    [InlineData("g=12")]
    [InlineData("b=%%%")]
    [InlineData("nsu=urn:plant")]
    [InlineData("nsu=;s=x")]
    public void What_is_no_node_id_is_refused_with_the_allowed_forms(string text)
    {
        Assert.False(ExpandedNodeId.TryParse(text, out _));
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => ExpandedNodeId.Parse(text)).Message, StringComparison.Ordinal);
    }

    // After a restart the same URI may stand at another index; the index of yesterday is another variable today.
    [Fact]
    [Trait("Field", "F-22")]
    public void A_uri_is_resolved_in_the_namespaces_of_the_session()
    {
        var tag = ExpandedNodeId.Parse("nsu=urn:plant;s=LT101");
        Assert.True(tag.TryResolve(["http://opcfoundation.org/UA/", "urn:server", "urn:plant"], out var yesterday));
        Assert.True(tag.TryResolve(["http://opcfoundation.org/UA/", "urn:server", "urn:other", "urn:plant"], out var today));
        Assert.Equal(NodeId.Text(2, "LT101"), yesterday);
        Assert.Equal(NodeId.Text(3, "LT101"), today);
        Assert.False(tag.TryResolve(["http://opcfoundation.org/UA/"], out _));
        Assert.False(new ExpandedNodeId(NodeId.Numeric(0, 1), null, ServerIndex: 1).TryResolve([], out _));
    }

    [Fact]
    public void Null_ids_are_null_in_every_form()
    {
        Assert.All([NodeId.Null, NodeId.Text(0, ""), NodeId.OfGuid(0, Guid.Empty), NodeId.Opaque(0, [])], id => Assert.True(id.IsNull));
        Assert.All([NodeId.Numeric(1, 0), NodeId.Text(0, "x"), NodeId.Numeric(0, 1)], id => Assert.False(id.IsNull));
    }
}
