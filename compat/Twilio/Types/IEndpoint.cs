namespace Twilio.Types;

public interface IEndpoint;
