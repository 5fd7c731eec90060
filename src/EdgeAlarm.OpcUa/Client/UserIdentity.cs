namespace EdgeAlarm.OpcUa.Client;

/// <summary>Who logs in. Never prints the password.</summary>
public sealed class UserIdentity
{
    private UserIdentity(string? name, string? password) => (Name, Password) = (name, password);

    /// <summary>Nobody in particular.</summary>
    public static UserIdentity Anonymous { get; } = new(null, null);

    /// <summary>The user's name; null for <see cref="Anonymous"/>.</summary>
    public string? Name { get; }

    internal string? Password { get; }

    /// <summary>A user with a password.</summary>
    /// <param name="name">Not empty.</param>
    /// <param name="password">May be empty.</param>
    public static UserIdentity Named(string name, string password)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(name, password);
    }

    /// <summary>The name, or "anonymous".</summary>
    public override string ToString() => Name ?? "anonymous";
}
