namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>Our number on WhatsApp, and who may talk to it.</summary>
public sealed record WhatsAppOptions
{
    /// <summary>Null: nothing is sent, but recorded.</summary>
    public TwilioAccount? Account { get; init; }

    /// <summary>Where Twilio reaches us; null: nowhere, so nothing comes in and no status either.</summary>
    public Uri? PublicBaseUrl { get; init; }

    /// <summary>Numbers that give commands and are told.</summary>
    public IReadOnlyList<AllowedNumber> AllowFrom { get; init; } = [];

    /// <summary>Where media of inbound messages is kept.</summary>
    public string MediaDirectory { get; init; } = Path.Combine(".data", "media");
}

/// <summary>An account with Twilio, and our number there.</summary>
/// <param name="Sid">Of the account.</param>
/// <param name="AuthToken">Its secret; it also signs what Twilio sends us.</param>
/// <param name="From">Our number, E.164.</param>
/// <param name="ContentSid">The approved template for texts outside of the 24-hour window, with the text as its variable 1; null: there is none.</param>
/// <param name="ApiBaseUrl">Null: Twilio's own.</param>
public sealed record TwilioAccount(string Sid, string AuthToken, string From, string? ContentSid, Uri? ApiBaseUrl)
{
    /// <summary>Templates of questions within the 24-hour window, by the number of their choices.</summary>
    public IReadOnlyDictionary<int, string> QuestionContentSids { get; init; } = new Dictionary<int, string>();
}
