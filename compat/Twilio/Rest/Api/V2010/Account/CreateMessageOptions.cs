using Twilio.Base;
using Twilio.Types;

namespace Twilio.Rest.Api.V2010.Account;

public class CreateMessageOptions(PhoneNumber to) : IOptions<MessageResource>
{
    public PhoneNumber To { get; } = to;

    public string? PathAccountSid { get; set; }

    public PhoneNumber? From { get; set; }

    public string? Body { get; set; }

    public string? ContentSid { get; set; }

    public string? ContentVariables { get; set; }

    public Uri? StatusCallback { get; set; }

    public List<KeyValuePair<string, string>> GetParams()
    {
        var parameters = new List<KeyValuePair<string, string>>();
        Add("To", To.ToString());
        Add("StatusCallback", StatusCallback?.AbsoluteUri);
        Add("From", From?.ToString());
        Add("Body", Body);
        Add("ContentSid", ContentSid);
        Add("ContentVariables", ContentVariables);
        return parameters;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                parameters.Add(new KeyValuePair<string, string>(name, value));
            }
        }
    }
}
