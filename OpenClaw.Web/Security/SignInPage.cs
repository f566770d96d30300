using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenClaw.Web.Dashboard;
using OpenClaw.Web.Hosting;

namespace OpenClaw.Web.Security;

/// <summary>The way in by an issuer of OpenID Connect.</summary>
/// <param name="Name">Of the issuer, for people.</param>
/// <param name="Address">Where it begins.</param>
/// <param name="Trouble">Why it does not work at the moment; null when it does.</param>
/// <param name="SignOut">Where somebody who has just left signs out there too; null for nobody.</param>
internal sealed record IssuerWay(string Name, string Address, string? Trouble, string? SignOut);

/// <summary>Small pages without script: a form to sign in, one to sign out, and one that leads on.</summary>
internal static class SignInPage
{
    public const string StylePath = "/assets/sign-in.css";

    public const string Style =
        """
        :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
        body { margin: 0; display: grid; place-items: center; min-height: 100vh; background: Canvas; color: CanvasText; }
        main { width: min(22rem, 100% - 2rem); }
        h1 { font-size: 1.5rem; }
        .product { margin: 0; font-weight: 600; }
        #where { margin: .5rem 0 0; font-size: .875rem; }
        label { display: block; font-weight: 600; margin-bottom: .25rem; }
        input, button { box-sizing: border-box; width: 100%; font: inherit; padding: .6rem .75rem; border-radius: .5rem; border: 1px solid GrayText; }
        button { margin-top: 1rem; border: 0; background: light-dark(#1d4ed8, #93c5fd); color: light-dark(#fff, #0b1220); font-weight: 600; cursor: pointer; }
        .way { display: block; text-align: center; padding: .6rem .75rem; border-radius: .5rem; background: light-dark(#1d4ed8, #93c5fd); color: light-dark(#fff, #0b1220); font-weight: 600; text-decoration: none; }
        .or { text-align: center; }
        .more { background: none; border: 1px solid GrayText; color: CanvasText; }
        :focus-visible { outline: 3px solid light-dark(#1d4ed8, #93c5fd); outline-offset: 2px; }
        [role=alert] { color: light-dark(#b91c1c, #fca5a5); font-weight: 600; }
        """;

    /// <param name="tokens">Of the form.</param>
    /// <param name="returnUrl">Where it leads.</param>
    /// <param name="message">What was wrong with the last attempt; null for none.</param>
    /// <param name="way">By an issuer; null where there is none.</param>
    /// <param name="trouble">Why a sign-in may not last; with one that is certain there is no form.</param>
    /// <param name="status">Of the answer.</param>
    public static ContentHttpResult Login(AntiforgeryTokenSet tokens, string returnUrl, string? message, IssuerWay? way, PlainHttp? trouble, int status) => Page(
        "Sign in",
        $"""
        {(message is null ? "" : $"""<p role="alert" id="problem">{Encode(message)}</p>""")}
        {(trouble is null ? "" : $"""<p id="plain-http">{Encode(trouble.Text)} <a href="{Encode(trouble.Home)}">{Encode(trouble.Home)}</a></p>""")}
        {(trouble is { MaySignIn: false } ? "" : Way(way) + Form(tokens, returnUrl, message, isFirst: way is null))}
        """,
        status);

    public static ContentHttpResult Logout(AntiforgeryTokenSet tokens) => Page(
        "Sign out",
        $"""
        <form method="post" action="{Links.SignOut}">
          {Hidden(tokens)}
          <button>Sign out</button>
          <button name="everywhere" value="true" class="more">Sign out everywhere</button>
          <p>Everywhere ends all sessions in browsers, also on other machines.</p>
        </form>
        """,
        StatusCodes.Status200OK);

    /// <summary>
    /// Leads on after an issuer has led here. A redirect would count as its site's: the session's cookie, which is strict, would not
    /// come along.
    /// </summary>
    public static ContentHttpResult Landed(string returnUrl) => Page(
        "Signed in",
        $"""<p><a href="{Encode(returnUrl)}">Go on</a></p>""",
        StatusCodes.Status200OK,
        $"""<meta http-equiv="refresh" content="0;url={Encode(returnUrl)}">""");

    private static string Way(IssuerWay? way) => way is null ? "" :
        $"""
        {(way.SignOut is null ? "" : $"""<p id="signed-out">You are signed out here. {Encode(way.Name)} may let you in again without asking: <a href="{Encode(way.SignOut)}">sign out there too</a>.</p>""")}
        {(way.Trouble is null ? "" : $"""<p role="alert" id="issuer-away">{Encode(way.Trouble)}</p>""")}
        <p><a class="way" id="issuer" href="{Encode(way.Address)}">{(way.Trouble is null ? "Sign in with" : "Try again with")} {Encode(way.Name)}</a></p>
        <p class="or">or</p>
        """;

    private static string Form(AntiforgeryTokenSet tokens, string returnUrl, string? message, bool isFirst) =>
        $"""
        <form method="post" action="{Links.SignIn}">
          {Hidden(tokens)}
          <input type="hidden" name="returnUrl" value="{Encode(returnUrl)}">
          <label for="token">Token</label>
          <input id="token" name="token" type="password" autocomplete="current-password" required{(isFirst ? " autofocus" : "")} aria-describedby="{(message is null ? "" : "problem ")}where">
          <p id="where">It is what <code>AUTH_TOKEN</code> was set to, or else in the file <code>auth-token</code> of the service's data folder; <code>scripts/claw token</code> prints it.</p>
          <button>Sign in</button>
        </form>
        """;

    private static ContentHttpResult Page(string title, string content, int status, string head = "") => TypedResults.Content(
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>{title} · OpenClaw</title>
          <link rel="stylesheet" href="{PublicAddress.Of(StylePath)}">
          {head}
        </head>
        <body>
        <main>
        <p class="product">OpenClaw Backend</p>
        <h1>{title}</h1>
        {content}
        </main>
        </body>
        </html>
        """,
        "text/html; charset=utf-8",
        statusCode: status);

    private static string Hidden(AntiforgeryTokenSet tokens) =>
        $"""<input type="hidden" name="{Encode(tokens.FormFieldName)}" value="{Encode(tokens.RequestToken ?? "")}">""";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
