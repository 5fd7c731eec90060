namespace EdgeAlarm.Gateway.Configuration.Expressions;

/// <summary>A number.</summary>
internal sealed record NumberNode(int At, double Value) : ExpressionNode(At);
