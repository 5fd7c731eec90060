namespace EdgeAlarm.Gateway.Configuration.Expressions;

/// <summary>A part of an expression as it was written.</summary>
/// <param name="At">1-based character at which it begins; for an operator, where the operator stands.</param>
internal abstract record ExpressionNode(int At);
