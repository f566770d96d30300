using System.Reflection;
using System.Security.Claims;
using OpenClaw.Jobs.ForeignInput;
using OpenClaw.Jobs.Requests;
using OpenClaw.Web.Security;

namespace OpenClaw.Web.Dashboard.Forms;

/// <summary>A form that a person has sent. Its antiforgery token was checked before, as with every change from a browser.</summary>
internal sealed record DashboardForm(IFormCollection Fields, HttpContext Context)
{
    public Caller Caller => User.ToCaller();

    public ClaimsPrincipal User => Context.User;

    public CancellationToken Cancelled => Context.RequestAborted;

    /// <summary>Forms end lines with CR LF, whatever the person typed.</summary>
    public string? Text(string name) => Fields[name].ToString() is { Length: > 0 } text ? ForeignText.Clean(text.Replace("\r\n", "\n", StringComparison.Ordinal)) : null;

    /// <summary>Back to the page that the form was on, or to <paramref name="otherwise"/>; there it says what came of it.</summary>
    public IResult Return(string otherwise, string told, bool failed = false)
    {
        // The page's script stays where it is and only wants to know whether it was done.
        if (Context.Request.Headers.ContainsKey("X-Live"))
        {
            return failed ? TypedResults.Text(told, statusCode: StatusCodes.Status409Conflict) : TypedResults.NoContent();
        }

        Notice.Tell(Context.Response, told, failed);
        return TypedResults.LocalRedirect(Text("back") is { } back && IsLocal(back) ? back : otherwise);
    }

    public IResult Return<T>(Decision<T> decision, string otherwise, Func<T, string> done) =>
        decision.Match(value => Return(otherwise, done(value)), refusal => Return(otherwise, refusal.Detail, failed: true));

    public static async ValueTask<DashboardForm?> BindAsync(HttpContext context, ParameterInfo _) =>
        new(context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty, context);

    private static bool IsLocal(string address) =>
        address == Links.Overview || (address.StartsWith(Links.Root + "/", StringComparison.Ordinal) && !address.Any(char.IsControl) && !address.Contains('\\'));
}
