namespace Breakwater.Bgp;

/// <summary>What RFC 7606 section 2 does about an error, mildest first.</summary>
public enum AttributeAction : byte
{
    None,

    /// <summary>"Attribute discard": the route is used as if the attribute were absent.</summary>
    Discard,

    /// <summary>"Treat-as-withdraw": the routes of the message count as withdrawn.</summary>
    TreatAsWithdraw,

    /// <summary>"Session reset": a router would end the session. A reader of archives takes the routes as withdrawn.</summary>
    ResetSession,
}

/// <summary>An error in the path attributes of one message or table entry.</summary>
/// <param name="Type">The attribute at fault; null when it is the attributes as a whole.</param>
/// <param name="Reason">What is wrong, what is done about it, and the section that says so.</param>
public readonly record struct AttributeFault(
    AttributeType? Type,
    AttributeAction Action,
    string Reason
);
