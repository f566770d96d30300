namespace Twilio.Types;

public class PhoneNumber(string number) : IEndpoint
{
    public override string ToString() => number;

    public static implicit operator PhoneNumber(string number) => new(number);
}
