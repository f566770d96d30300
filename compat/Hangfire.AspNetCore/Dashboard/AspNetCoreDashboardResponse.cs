using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Hangfire.Dashboard;

internal sealed class AspNetCoreDashboardResponse(HttpContext context) : DashboardResponse
{
    public override string? ContentType
    {
        get => context.Response.ContentType;
        set => context.Response.ContentType = value;
    }

    public override int StatusCode
    {
        get => context.Response.StatusCode;
        set => context.Response.StatusCode = value;
    }

    public override Stream Body => context.Response.Body;

    public override void SetExpire(DateTimeOffset? value) =>
        context.Response.Headers.Expires = value?.ToString("r", CultureInfo.InvariantCulture);

    public override Task WriteAsync(string text) => context.Response.WriteAsync(text, context.RequestAborted);

    internal override void SetHeader(string name, string value) => context.Response.Headers[name] = value;
}
