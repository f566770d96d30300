using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace OpenClaw.Jobs.Channels.WhatsApp.Inbound;

/// <summary>Keeps media of inbound messages as files: of known types, up to a size, and from Twilio alone.</summary>
public sealed class MediaStore(WhatsAppOptions options, TwilioHttp http)
{
    /// <summary>WhatsApp's own limit.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private const int MostRedirects = 3;

    private static readonly Dictionary<string, string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/jpeg"] = "jpg",
        ["image/png"] = "png",
        ["image/webp"] = "webp",
        ["audio/ogg"] = "ogg",
        ["audio/mpeg"] = "mp3",
        ["audio/mp4"] = "m4a",
        ["audio/amr"] = "amr",
        ["video/mp4"] = "mp4",
        ["application/pdf"] = "pdf",
        ["text/plain"] = "txt",
        ["text/vcard"] = "vcf",
        ["text/x-vcard"] = "vcf",
    };

    public async Task<InboundMedia> KeepAsync(string name, InboundMedia media, CancellationToken cancellationToken)
    {
        if (!Extensions.TryGetValue(media.ContentType.Split(';')[0].Trim(), out var extension))
        {
            return media with { Reason = "Its type is not kept." };
        }

        // Whoever could make us fetch any address could look around from here.
        if (!Uri.TryCreate(media.Url, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps || url.Host != TwilioHttp.ApiHost || options.Account is not { } account)
        {
            return media with { Reason = "It is not kept by Twilio." };
        }

        using var answer = await GetAsync(url, account, cancellationToken);
        if (answer.StatusCode is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Gone)
        {
            return media with { Reason = "Twilio does not have it any more." };
        }

        answer.EnsureSuccessStatusCode();
        var file = $"{name}.{extension}";
        try
        {
            return await CopyAsync(answer, Path.Combine(options.MediaDirectory, file), cancellationToken)
                ? media with { File = file }
                : media with { Reason = $"It is larger than {MaxBytes / 1024 / 1024} MB." };
        }
        catch (IOException broken) when (broken is HttpIOException or { InnerException: SocketException })
        {
            throw http.Failures.Unreachable(broken);
        }
    }

    // The API answers with the address of a storage, which must not learn the credentials.
    private async Task<HttpResponseMessage> GetAsync(Uri url, TwilioAccount account, CancellationToken cancellationToken)
    {
        var credentials = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.Sid}:{account.AuthToken}")));
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.Authorization = redirects == 0 ? credentials : null;
            var answer = await GetAsync(request, cancellationToken);
            if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } location)
            {
                return answer;
            }

            using (answer)
            {
                var asked = request.RequestUri!;
                url = new Uri(asked, location);
                if (redirects == MostRedirects || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != asked.Scheme))
                {
                    throw http.Failures.Redirected((int)answer.StatusCode, url);
                }
            }
        }
    }

    private async Task<HttpResponseMessage> GetAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw http.Failures.Unreachable(exception);
        }
    }

    // Whatever length was announced, what counts is what comes.
    private static async Task<bool> CopyAsync(HttpResponseMessage answer, string path, CancellationToken cancellationToken)
    {
        var partial = path + ".part";
        PrivateFiles.MakeFolder(Path.GetDirectoryName(path)!);

        // What an attempt has left behind that broke off.
        File.Delete(partial);
        await using (var source = await answer.Content.ReadAsStreamAsync(cancellationToken))
        await using (var target = PrivateFiles.Create(partial))
        {
            var buffer = new byte[81_920];
            int read;
            while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0 && target.Length + read <= MaxBytes)
            {
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            if (read > 0)
            {
                target.Close();
                File.Delete(partial);
                return false;
            }
        }

        File.Move(partial, path, overwrite: true);
        return true;
    }
}
