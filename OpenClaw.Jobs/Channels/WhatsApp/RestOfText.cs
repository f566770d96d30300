using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using OpenClaw.Data;
using OpenClaw.Data.WhatsApp;
using OpenClaw.Jobs.Commands.Language;
using OpenClaw.Jobs.ForeignInput;

namespace OpenClaw.Jobs.Channels.WhatsApp;

/// <summary>
/// What did not go into the messages of one text. It is offered at the end of them, with its length, and so found again at
/// the end of the text: nothing is kept for it but the text itself.
/// </summary>
public sealed partial class RestOfText(IDbContextFactory<OpenClawDbContext> contexts)
{
    private static readonly HashSet<string> Asking = ["more", "more please", "read more", "read on", "show more", "mehr"];

    /// <summary>Says how to read so many characters that are left.</summary>
    public static string Offer(int left) => string.Create(CultureInfo.InvariantCulture, $"… {left:N0} more characters. Write MORE to read on.");

    /// <summary>Says that so many characters are not sent: to somebody whose words we do not take.</summary>
    public static string LeftOut(int left) => string.Create(CultureInfo.InvariantCulture, $"… {left:N0} more characters were left out.");

    /// <summary>The rest, when that was the last thing that the contact was offered and is what they ask for; else null.</summary>
    public async Task<(string Text, string Key)?> AskedForAsync(string contact, string said, CancellationToken cancellationToken)
    {
        if (!Asking.Contains(Plain.Of(said)))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await db.WhatsAppMessages.AsNoTracking().Where(row => row.Contact == contact && row.Direction == WhatsAppDirection.Out)
            .OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellationToken);
        if (last is null || Offered().Match(last.Body) is not { Success: true } offer)
        {
            return null;
        }

        var left = int.Parse(offer.Groups["left"].ValueSpan, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        var source = Source().Match(last.Key);
        var key = $"{source.Value}:more-{left.ToString(CultureInfo.InvariantCulture)}";
        var id = source.Success ? Guid.Parse(source.Groups["message"].ValueSpan) : Guid.Empty;
        var text = await db.Messages.Where(message => message.Id == id).Select(message => message.Content).SingleOrDefaultAsync(cancellationToken);
        return text is null || WhatsAppText.Of(ForeignText.Clean(text)) is not { } whole || left > whole.Length
            ? ("It is not kept any more.", $"{last.Key}:more-{left.ToString(CultureInfo.InvariantCulture)}")
            : (TextParts.From(whole, whole.Length - left), key);
    }

    [GeneratedRegex(@"… (?<left>[0-9,]{1,11}) more characters\. Write MORE to read on\.$", RegexOptions.ExplicitCapture)]
    private static partial Regex Offered();

    // A message of durable routing, or a notice, which is one too.
    [GeneratedRegex("^(message|notice):(?<message>[0-9a-f-]{36})", RegexOptions.ExplicitCapture)]
    private static partial Regex Source();
}
