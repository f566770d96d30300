using System.Data.Common;

namespace Hangfire.Dashboard.Pages;

internal static class StorageUnavailablePage
{
    public static Page Render(DbException exception) => new("Storage unavailable", Html.Of($"""
        <h1>The storage does not answer</h1>
        <p>The jobs are kept; they cannot be read at the moment. Reload this page to try again.</p>
        <pre tabindex="0" aria-label="Error">{exception.Message}</pre>
        """), Status: 503);
}
