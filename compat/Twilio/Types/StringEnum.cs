namespace Twilio.Types;

public abstract class StringEnum
{
    private protected StringEnum()
    {
    }

    private protected StringEnum(string value) => Value = value;

    private string Value { get; } = "";

    public override string ToString() => Value;
}
