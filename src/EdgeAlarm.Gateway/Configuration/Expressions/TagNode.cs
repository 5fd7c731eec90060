namespace EdgeAlarm.Gateway.Configuration.Expressions;

/// <summary>The name of a tag.</summary>
internal sealed record TagNode(int At, string Name) : ExpressionNode(At);
