namespace Breakwater.Vocabulary;

/// <summary>What a person can do with a connection, lowest bandwidth first. A class includes those before it.</summary>
public enum Service
{
    /// <summary>Text: safety information, family links. Some kbit/s.</summary>
    Messaging,

    /// <summary>Voice, among it emergency calls.</summary>
    Voice,

    /// <summary>Web and mobile money.</summary>
    Web,

    Video,
}
