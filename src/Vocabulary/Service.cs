namespace Breakwater.Vocabulary;

/// <summary>What a person can do with a connection, lowest bandwidth first. A class includes those before it; a broadcast is no class of connection.</summary>
public enum Service
{
    /// <summary>One way: people hear and cannot answer. It informs and reconnects nobody, so it is counted apart.</summary>
    Broadcast,

    /// <summary>Text: safety information, family links. Some kbit/s.</summary>
    Messaging,

    /// <summary>Voice, among it emergency calls.</summary>
    Voice,

    /// <summary>Web and mobile money.</summary>
    Web,

    Video,

    /// <summary>
    /// A function of core resources: names that are found, numbers that are registered and certified. It is no class of
    /// connection; every class needs it.
    /// </summary>
    CoreFunction,
}
