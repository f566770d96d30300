using System.Net;
using System.Text.RegularExpressions;

namespace OpenClaw.Tests.Web.Support;

/// <summary>The sign-in page, used as a browser uses it.</summary>
public sealed partial class SignInForm(HttpClient browser)
{
    public const string TokenField = "__RequestVerificationToken";

    public async Task<HttpResponseMessage> SignInAsync(string token, string page = "/login", string action = "/login")
    {
        var html = await browser.GetStringAsync(page);
        return await browser.PostAsync(action, new FormUrlEncodedContent(
        [
            new(TokenField, Field(html, TokenField)),
            new("returnUrl", Field(html, "returnUrl")),
            new("token", token),
        ]));
    }

    /// <summary>The antiforgery token of a page.</summary>
    public async Task<string> TokenAsync(string page) => Field(await browser.GetStringAsync(page), TokenField);

    private static string Field(string html, string name) =>
        WebUtility.HtmlDecode(HiddenField().Matches(html).Single(field => field.Groups["name"].Value == name).Groups["value"].Value);

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)">""")]
    private static partial Regex HiddenField();
}
