namespace EdgeAlarm.Gateway.Configuration.Expressions;

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed record TruthNode(int At, bool Value) : ExpressionNode(At);
