namespace Breakwater.App.Accounts;

/// <summary>Why something about an account was not done. The pages have a sentence for each.</summary>
internal enum NotDone
{
    /// <summary>Name and secret do not fit, or the account rests after wrong tries. Which of them is never said.</summary>
    NotAccepted,
    NameForm,
    NameTaken,
    PasswordShort,
    PasswordLong,
    PasswordCommon,

    /// <summary>Too much from one origin.</summary>
    TooOften,

    /// <summary>The node has too much to hash already.</summary>
    Busy,

    /// <summary>The form is old, or came from elsewhere.</summary>
    FormExpired,

    /// <summary>What is asked for needs a sign-in of the last minutes.</summary>
    SignInAgain,
    LabelMissing,
    ScopesMissing,
    DaysOutOfRange,

    /// <summary>As many tokens, services or passkeys as an account may have.</summary>
    Full,
    NotConfirmed,
    PasskeyRefused,
    LinkedElsewhere,
}
