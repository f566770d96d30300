namespace Hangfire.Dashboard.Pages;

internal sealed record Page(string Title, Html Body, int Status = 200);
