namespace OpenClaw.Web.Api.Binding;

/// <summary>A header holds what it must not.</summary>
internal sealed class InvalidHeaderException(string header, string rule) : BadHttpRequestException($"{header} {rule}.", StatusCodes.Status400BadRequest)
{
    public string Header => header;
}
